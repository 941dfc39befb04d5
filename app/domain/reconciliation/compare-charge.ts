import type { AttemptStatus } from '../payments/ports.ts'
import type { PaymentState } from '../payments/payment-state.ts'
import { distance, inWords, NOTHING, type Finding, type Side } from './finding.ts'
import type { GatewayCharge } from './ports.ts'

/** Our side of a charge: an attempt and its payment. */
export type OurCharge = {
	readonly attemptId: string
	readonly attemptStatus: AttemptStatus
	readonly providerRef: string | null
	readonly chargeRef: string | null
	readonly paymentId: string
	readonly merchantId: string
	readonly paymentStatus: PaymentState
	readonly amountMinor: bigint
	readonly capturedMinor: bigint
	/** The amount of a capture that was asked for. */
	readonly requestedMinor: bigint | null
	readonly currency: string
	readonly capturedAt: Date | null
	readonly startedAt: Date
	/** Whether another attempt took the money of this payment. */
	readonly isPaidByOther: boolean
}

const WAITING: ReadonlySet<AttemptStatus> = new Set(['sent', 'unknown', 'requires_action', 'authorized'])
const HOLDING: ReadonlySet<PaymentState> = new Set(['requires_capture', 'in_review'])

const theirSide = (charge: GatewayCharge): Side => ({
	minor: charge.amountMinor,
	currency: charge.currency,
	status: charge.kind === 'charge' ? 'captured' : charge.status === 'succeeded' ? 'held' : charge.status,
})

const ourSide = (ours: OurCharge): Side => ({
	minor: ours.paymentStatus === 'succeeded' ? ours.capturedMinor : (ours.requestedMinor ?? ours.amountMinor),
	currency: ours.currency,
	status: ours.paymentStatus,
})

function unknownHere(charge: GatewayCharge, ours: OurCharge | null): Finding {
	const money = inWords(charge.amountMinor, charge.currency)
	const did = charge.kind === 'charge' ? `took ${money}` : `holds ${money} on a card`
	const named = ours ? ` Its notes name payment ${ours.paymentId}, which was charged under another name.` : ''
	return {
		class: 'extra',
		kind: charge.kind,
		ref: charge.ref,
		subjectId: null,
		paymentId: ours?.paymentId ?? null,
		merchantId: ours?.merchantId ?? null,
		sourceRef: charge.chargeRef,
		ours: NOTHING,
		theirs: theirSide(charge),
		gapMinor: charge.amountMinor,
		currency: charge.currency,
		detail: `The gateway ${did} and no payment here is about it.${named} Find out who made it, then refund it there or write down why it stays.`,
		attentionSubject: charge.ref,
	}
}

/** Ties a finding to both sides. The attention list names our payment only where our attempt carries the same name. */
function between(
	charge: GatewayCharge,
	ours: OurCharge,
	difference: Pick<Finding, 'class' | 'gapMinor' | 'detail'>,
): Finding {
	return {
		...difference,
		kind: charge.kind,
		ref: charge.ref,
		subjectId: ours.paymentId,
		paymentId: ours.paymentId,
		merchantId: ours.merchantId,
		sourceRef: charge.chargeRef,
		ours: ourSide(ours),
		theirs: theirSide(charge),
		currency: charge.currency,
		attentionSubject: ours.providerRef === charge.ref ? ours.paymentId : charge.ref,
	}
}

function compareMoney(charge: GatewayCharge, ours: OurCharge): Finding | null {
	const here = ourSide(ours)
	const expected = charge.kind === 'charge' ? (here.minor ?? 0n) : ours.amountMinor
	const theirs = inWords(charge.amountMinor, charge.currency)
	const asked = inWords(expected, ours.currency)
	const verb = charge.kind === 'charge' ? 'took' : 'holds'
	if (charge.currency !== ours.currency) {
		const detail = `The gateway ${verb} ${theirs} for this payment; we asked for ${asked}. Refund it there, then charge the right currency.`
		return between(charge, ours, { class: 'currency', gapMinor: charge.amountMinor, detail })
	}
	if (charge.amountMinor === expected) return null
	const gapMinor = distance(charge.amountMinor, expected)
	const detail = `The gateway ${verb} ${theirs} for this payment; our books say ${asked}. Put the ${inWords(gapMinor, charge.currency)} right at the gateway.`
	return between(charge, ours, { class: 'amount', gapMinor, detail })
}

const isAhead = (ours: OurCharge): boolean =>
	ours.paymentStatus === 'succeeded' && ours.attemptStatus === 'succeeded'

/** Whether the state on our side is what the gateway's state should have led to. */
function agrees(charge: GatewayCharge, ours: OurCharge): boolean {
	if (charge.kind === 'charge') return isAhead(ours)
	if (isAhead(ours)) return false
	if (charge.status === 'succeeded') return HOLDING.has(ours.paymentStatus)
	if (charge.status === 'pending') return true
	return !WAITING.has(ours.attemptStatus)
}

/** Whether the gateway has taken or holds money. */
const isMoney = (charge: GatewayCharge): boolean => charge.kind === 'charge' || charge.status === 'succeeded'

function compareState(charge: GatewayCharge, ours: OurCharge): Finding | null {
	if (agrees(charge, ours)) return null
	const theirs = theirSide(charge).status ?? ''
	const gapMinor = isMoney(charge) ? charge.amountMinor : ours.capturedMinor || ours.amountMinor
	const detail = `The gateway says ${theirs}, our books say ${ours.paymentStatus.replaceAll('_', ' ')}. ${inWords(gapMinor, charge.currency)} ${isAhead(ours) ? 'that we count as taken is in doubt' : 'is affected'}: look the charge up at the gateway.`
	return between(charge, ours, { class: 'status', gapMinor, detail })
}

/** Charged twice: the payment's money was taken by another charge already. */
function isDuplicate(charge: GatewayCharge, ours: OurCharge): boolean {
	if (charge.kind !== 'charge') return false
	if (ours.providerRef === charge.ref || ours.providerRef === null) return ours.isPaidByOther
	return ours.paymentStatus === 'succeeded'
}

/** The place where a charge of the gateway and our attempt differ; null when they agree. `ours` is null when no attempt is about it. */
export function compareCharge(charge: GatewayCharge, ours: OurCharge | null): Finding | null {
	if (!ours) return isMoney(charge) ? unknownHere(charge, null) : null
	if (isDuplicate(charge, ours)) {
		const money = inWords(charge.amountMinor, charge.currency)
		const detail = `The gateway took ${money} for this payment a second time, as ${charge.ref}. Refund that charge there.`
		return between(charge, ours, { class: 'duplicate', gapMinor: charge.amountMinor, detail })
	}
	const isSame = ours.providerRef === null || ours.providerRef === charge.ref
	if (!isSame) return isMoney(charge) ? unknownHere(charge, ours) : null
	return (isMoney(charge) ? compareMoney(charge, ours) : null) ?? compareState(charge, ours)
}

/** We say the money was taken, and the gateway has never heard of the charge. */
export function chargeMissing(ours: OurCharge): Finding {
	const money = inWords(ours.capturedMinor, ours.currency)
	return {
		class: 'missing',
		kind: 'charge',
		ref: ours.providerRef,
		subjectId: ours.paymentId,
		paymentId: ours.paymentId,
		merchantId: ours.merchantId,
		sourceRef: ours.chargeRef,
		ours: ourSide(ours),
		theirs: NOTHING,
		gapMinor: ours.capturedMinor,
		currency: ours.currency,
		detail: `Our books say ${money} was taken for this payment; the gateway has no such charge. Do not deliver before the gateway has explained it.`,
		attentionSubject: ours.paymentId,
	}
}
