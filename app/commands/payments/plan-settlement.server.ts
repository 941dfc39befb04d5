import type { NewAttention } from '#db/queries/attention.ts'
import type { AttemptPatch, AttemptRow, LockedAttempt } from '#db/queries/attempts.ts'
import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import type { PaymentChange, PaymentPatch } from '#db/queries/payments.ts'
import { captureJournal, type Journal } from '../../domain/ledger/journal.ts'
import type { Cause } from '../../domain/payments/cause.ts'
import { delayAfter, isOpenOutcome } from '../../domain/payments/check-schedule.ts'
import { judgeOutcome, type Judgement } from '../../domain/payments/judge-outcome.ts'
import { isTerminal } from '../../domain/payments/payment-state.ts'
import type { GatewayOutcome } from '../../domain/payments/ports.ts'

/** Who asked the gateway: the janitor in its turn, or somebody who looked at the payment. Answers have no asker. */
export type Asked = 'schedule' | 'reader'

/** Everything one outcome writes. */
export type SettlementPlan = {
	attempt: AttemptPatch
	/** States passed on the way to the last one, in order. */
	passing: PaymentChange[]
	patch: PaymentPatch | null
	journal: Journal | null
	attention: NewAttention | null
	/** Seconds until the gateway is asked again. */
	checkInSeconds: number | null
	/** The payer has said yes: the gateway must be told to take the money. */
	completes: boolean
}

const DAY_MS = 86_400_000
/** How long each waiting state may last before the janitor ends or examines it. */
const LIFE_MS: Partial<Record<PaymentRow['status'], number>> = {
	requires_payment_method: DAY_MS,
	requires_action: DAY_MS,
	requires_capture: 7 * DAY_MS,
	in_review: 7 * DAY_MS,
}

/** Seconds until the next question, or null for none; `as_planned` leaves the one that is planned. */
type NextLook = number | null | 'as_planned'

const inSeconds = (now: Date, seconds: number | null): Date | null =>
	seconds === null ? null : new Date(now.getTime() + seconds * 1000)

/** One chain of questions per attempt: only the janitor's own question plans the next, or the first that finds none. */
function nextLook(
	payment: PaymentRow,
	attempt: AttemptRow,
	outcome: GatewayOutcome,
	asked: Asked | undefined,
): NextLook {
	if (!isOpenOutcome(outcome.kind) || !isOpen(attempt.status) || isTerminal(payment.status)) return null
	if (asked === 'reader' || (asked === undefined && attempt.next_check_at !== null)) return 'as_planned'
	return delayAfter(outcome.kind, attempt.checks)
}

const isOpen = (status: AttemptRow['status']): boolean =>
	status !== 'succeeded' && status !== 'declined' && status !== 'canceled'

function patchAttempt(
	attempt: AttemptRow,
	outcome: GatewayOutcome,
	judged: Judgement,
	look: NextLook,
	now: Date,
): AttemptPatch {
	const declined = outcome.kind === 'declined' ? outcome : null
	return {
		id: attempt.id,
		// A late answer never takes back what is settled, unless its money is booked now.
		status: isOpen(attempt.status) || judged.capturedMinor !== null ? judged.attempt : attempt.status,
		provider_ref: outcome.ref,
		provider_charge_ref:
			outcome.kind === 'captured' || outcome.kind === 'authorized' ? outcome.chargeRef : null,
		code: declined?.code ?? attempt.code,
		decline_code: declined?.declineCode ?? attempt.decline_code,
		message: declined?.message ?? (outcome.kind === 'unknown' ? outcome.reason : attempt.message),
		checks: look === 'as_planned' || !isOpenOutcome(outcome.kind) ? attempt.checks : attempt.checks + 1,
		next_check_at: look === 'as_planned' ? attempt.next_check_at : inSeconds(now, look),
		answered: outcome.kind !== 'unknown',
		// Only a payer who had to act can have approved anew.
		approvals: attempt.approvals + (judged.attempt === 'approved' && judged.moves.length > 0 ? 1 : 0),
	}
}

function errorOf(outcome: GatewayOutcome): PaymentRow['error'] {
	if (outcome.kind !== 'declined') return null
	return {
		type: 'card_error',
		code: outcome.code,
		decline_code: outcome.declineCode,
		message: outcome.message,
	}
}

function patchPayment(
	payment: PaymentRow,
	attempt: AttemptRow,
	status: PaymentRow['status'],
	outcome: GatewayOutcome,
	judged: Judgement,
	cause: Cause,
	now: Date,
): PaymentPatch {
	const life = LIFE_MS[status]
	return {
		id: payment.id,
		status,
		cause_kind: cause.kind,
		cause_ref: cause.ref,
		error: errorOf(outcome),
		next_action_url: outcome.kind === 'action_needed' ? outcome.url : null,
		requested_operation: null,
		requested_minor: null,
		requested_by: null,
		next_check_at: life === undefined ? null : new Date(now.getTime() + life),
		...(judged.capturedMinor !== null && {
			captured_minor: judged.capturedMinor,
			captured_at: now,
			gateway: attempt.provider,
		}),
	}
}

/**
 * An older try that ends badly says nothing about the payment any more; one that took money does. A second charge
 * of a paid payment is never booked: it goes before a person.
 */
function judge(payment: PaymentRow, attempt: LockedAttempt, outcome: GatewayOutcome): Judgement {
	const judged = judgeOutcome(
		{
			status: payment.status,
			amountMinor: payment.amount_minor,
			currency: payment.currency,
			requestedMinor: payment.requested_minor,
			requestedOperation: payment.requested_operation,
			riskDecision: payment.risk_decision,
			payerPresent: payment.payer_present,
		},
		outcome,
	)
	if (!attempt.is_latest && outcome.kind !== 'captured') return { ...judged, moves: [], attention: null }
	if (outcome.kind === 'captured' && payment.status === 'succeeded' && attempt.status !== 'succeeded') {
		const detail = `The gateway charged this payment a second time, as ${outcome.ref}. Refund it there.`
		return { ...judged, attempt: 'unknown', attention: { kind: 'late_money', detail } }
	}
	return judged
}

/** Decides what an outcome writes, from the locked rows. No I/O: the same rows and outcome give the same plan. */
export function planSettlement(
	payment: PaymentRow,
	attempt: LockedAttempt,
	{ outcome, cause, asked }: { outcome: GatewayOutcome; cause: Cause; asked?: Asked | undefined },
	now: Date,
): SettlementPlan {
	const judged = judge(payment, attempt, outcome)
	const look = nextLook(payment, attempt, outcome, asked)
	const isUnclear = outcome.kind === 'unknown' || outcome.kind === 'processing'
	const usedUp = isUnclear && look === null && isOpen(attempt.status) && !isTerminal(payment.status)
	const trouble =
		judged.attention ??
		(usedUp && { kind: 'outcome_unknown', detail: 'The gateway never said what became of this charge.' })
	const status = judged.moves.at(-1)
	return {
		attempt: patchAttempt(attempt, outcome, judged, look, now),
		passing: judged.moves
			.slice(0, -1)
			.map((passed) => ({ id: payment.id, status: passed, cause_kind: cause.kind, cause_ref: cause.ref })),
		patch: status === undefined ? null : patchPayment(payment, attempt, status, outcome, judged, cause, now),
		journal:
			judged.capturedMinor === null
				? null
				: journalOf(payment, attempt.provider, outcome, judged.capturedMinor),
		attention: trouble ? { merchant_id: payment.merchant_id, subject_id: payment.id, ...trouble } : null,
		checkInSeconds: look === 'as_planned' ? null : look,
		completes: judged.attempt === 'approved',
	}
}

function journalOf(
	payment: PaymentRow,
	gateway: string,
	outcome: GatewayOutcome,
	amountMinor: bigint,
): Journal {
	const { merchant_id: merchantId, id: sourceId, currency } = payment
	const fee = (outcome.kind === 'captured' ? outcome.feeMinor : null) ?? 0n
	return captureJournal({ merchantId, gateway, sourceId, currency, amountMinor }, fee)
}
