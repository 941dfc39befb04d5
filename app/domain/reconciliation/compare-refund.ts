import { holdsMoney, type RefundStatus } from '../refunds/refund-state.ts'
import { distance, inWords, NOTHING, type Finding } from './finding.ts'
import type { GatewayRefund } from './ports.ts'

export type OurRefund = {
	readonly refundId: string
	readonly paymentId: string
	readonly merchantId: string
	readonly providerRef: string | null
	readonly status: RefundStatus
	readonly amountMinor: bigint
	readonly currency: string
}

/** The payment whose charge a refund names, when the refund itself is not ours. */
export type RefundedPayment = { readonly paymentId: string; readonly merchantId: string }

const theirSide = (refund: GatewayRefund) => ({
	minor: refund.amountMinor,
	currency: refund.currency,
	status: refund.status,
})

const ourSide = (ours: OurRefund) => ({
	minor: ours.amountMinor,
	currency: ours.currency,
	status: ours.status,
})

function unknownHere(refund: GatewayRefund, parent: RefundedPayment | null): Finding {
	const money = inWords(refund.amountMinor, refund.currency)
	const about = parent ? `payment ${parent.paymentId}` : 'a charge nobody here knows'
	return {
		class: 'extra',
		kind: 'refund',
		ref: refund.ref,
		subjectId: null,
		paymentId: parent?.paymentId ?? null,
		merchantId: parent?.merchantId ?? null,
		sourceRef: refund.ref,
		ours: NOTHING,
		theirs: theirSide(refund),
		gapMinor: refund.amountMinor,
		currency: refund.currency,
		detail: `The gateway gave back ${money} of ${about}, and no refund here is about it. Find out who made it at the gateway.`,
		attentionSubject: refund.ref,
	}
}

function between(
	refund: GatewayRefund,
	ours: OurRefund,
	difference: Pick<Finding, 'class' | 'gapMinor' | 'detail'>,
): Finding {
	return {
		...difference,
		kind: 'refund',
		ref: refund.ref,
		subjectId: ours.refundId,
		paymentId: ours.paymentId,
		merchantId: ours.merchantId,
		sourceRef: refund.ref,
		ours: ourSide(ours),
		theirs: theirSide(refund),
		currency: refund.currency,
		attentionSubject: ours.providerRef === refund.ref ? ours.refundId : refund.ref,
	}
}

/** The place where a refund of the gateway and ours differ; null when they agree. */
export function compareRefund(
	refund: GatewayRefund,
	ours: OurRefund | null,
	parent: RefundedPayment | null,
): Finding | null {
	const theirs = inWords(refund.amountMinor, refund.currency)
	if (!ours) return holdsMoney(refund.status) ? unknownHere(refund, parent) : null
	if (ours.providerRef !== null && ours.providerRef !== refund.ref) {
		if (!holdsMoney(refund.status)) return null
		const detail = `The gateway gave back ${theirs} a second time for this refund, as ${refund.ref}. Ask the gateway to take it back, or write down that it stays.`
		return between(refund, ours, { class: 'duplicate', gapMinor: refund.amountMinor, detail })
	}
	if (refund.currency !== ours.currency) {
		const detail = `The gateway gave back ${theirs}; our books say ${inWords(ours.amountMinor, ours.currency)}.`
		return between(refund, ours, { class: 'currency', gapMinor: refund.amountMinor, detail })
	}
	if (refund.amountMinor !== ours.amountMinor) {
		const gapMinor = distance(refund.amountMinor, ours.amountMinor)
		const detail = `The gateway gave back ${theirs}; our books say ${inWords(ours.amountMinor, ours.currency)}. ${inWords(gapMinor, refund.currency)} lies between them.`
		return between(refund, ours, { class: 'amount', gapMinor, detail })
	}
	if (refund.status === ours.status) return null
	const detail = `The gateway says this refund of ${theirs} is ${refund.status.replaceAll('_', ' ')}, our books say ${ours.status.replaceAll('_', ' ')}. Look it up at the gateway before refunding again.`
	return between(refund, ours, { class: 'status', gapMinor: refund.amountMinor, detail })
}

/** We say the money went back, and the gateway has never heard of the refund. */
export function refundMissing(ours: OurRefund): Finding {
	const money = inWords(ours.amountMinor, ours.currency)
	return {
		class: 'missing',
		kind: 'refund',
		ref: ours.providerRef,
		subjectId: ours.refundId,
		paymentId: ours.paymentId,
		merchantId: ours.merchantId,
		sourceRef: ours.providerRef,
		ours: ourSide(ours),
		theirs: NOTHING,
		gapMinor: ours.amountMinor,
		currency: ours.currency,
		detail: `Our books say ${money} was given back; the gateway has no such refund. The customer may still be waiting for the money.`,
		attentionSubject: ours.refundId,
	}
}
