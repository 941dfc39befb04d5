import type { AttemptPatch, AttemptRow } from '#db/queries/attempts.ts'
import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import type { PaymentPatch } from '#db/queries/payments.ts'
import { CANCELED_BY_PAYER, type DeclineVerdict } from '../../domain/declines/read-decline.ts'
import { STANDARD_DECLINES } from '../../domain/declines/standard-declines.ts'
import type { Cause } from '../../domain/payments/cause.ts'
import { isOpenOutcome } from '../../domain/payments/check-schedule.ts'
import type { Judgement } from '../../domain/payments/judge-outcome.ts'
import type { GatewayOutcome } from '../../domain/payments/ports.ts'
import { handOver } from '../../domain/routing/hand-over.ts'
import type { Fallback } from '../../domain/routing/judge-fallback.ts'

const DAY_MS = 86_400_000
/** How long each waiting state may last before the janitor ends or examines it. */
const LIFE_MS: Partial<Record<PaymentRow['status'], number>> = {
	requires_payment_method: DAY_MS,
	requires_action: DAY_MS,
	requires_capture: 7 * DAY_MS,
	in_review: 7 * DAY_MS,
}

/** Seconds until the next question, or null for none; `as_planned` leaves the one that is planned. */
export type NextLook = number | null | 'as_planned'

/** What a gateway said, what it does to the payment, and what its decline means. */
type Answer = { outcome: GatewayOutcome; judged: Judgement; verdict: DeclineVerdict | null }

const inSeconds = (now: Date, seconds: number | null): Date | null =>
	seconds === null ? null : new Date(now.getTime() + seconds * 1000)

export const isOpen = (status: AttemptRow['status']): boolean =>
	status !== 'succeeded' && status !== 'declined' && status !== 'canceled'

export function patchAttempt(
	attempt: AttemptRow,
	{ outcome, judged, verdict, look }: Answer & { look: NextLook },
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
		standard_code: verdict?.standard ?? attempt.standard_code,
		message:
			verdict?.words ?? declined?.message ?? (outcome.kind === 'unknown' ? outcome.reason : attempt.message),
		checks: look === 'as_planned' || !isOpenOutcome(outcome.kind) ? attempt.checks : attempt.checks + 1,
		next_check_at: look === 'as_planned' ? attempt.next_check_at : inSeconds(now, look),
		answered: outcome.kind !== 'unknown',
		// Only a payer who had to act can have approved anew.
		approvals: attempt.approvals + (judged.attempt === 'approved' && judged.moves.length > 0 ? 1 : 0),
	}
}

const CALLED_OFF = {
	type: 'card_error',
	code: CANCELED_BY_PAYER,
	decline_code: null,
	message: 'This try was called off. Nothing was charged.',
	standard_code: 'payer_canceled',
	advice: STANDARD_DECLINES.payer_canceled.advice,
}

function errorOf({ outcome, verdict }: Answer, status: PaymentRow['status']): PaymentRow['error'] {
	if (outcome.kind === 'canceled' && status === 'requires_payment_method') return CALLED_OFF
	if (outcome.kind !== 'declined') return null
	return {
		type: 'card_error',
		code: outcome.code,
		decline_code: outcome.declineCode,
		message: verdict?.words ?? outcome.message,
		standard_code: verdict?.standard ?? null,
		advice: verdict?.advice ?? null,
	}
}

export function patchPayment(
	payment: PaymentRow,
	attempt: AttemptRow,
	status: PaymentRow['status'],
	answer: Answer & { cause: Cause },
	now: Date,
): PaymentPatch {
	const { outcome, judged, cause } = answer
	const life = LIFE_MS[status]
	return {
		id: payment.id,
		status,
		cause_kind: cause.kind,
		cause_ref: cause.ref,
		error: errorOf(answer, status),
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

/** How long the next gateway may take before the janitor looks whether its job was lost. */
const FIRST_LOOK_SECONDS = 60

/** The payment goes on where it stands, in the hands of the next gateway. */
export const patchForFallback = (
	payment: PaymentRow,
	fallback: Fallback,
	cause: Cause,
	now: Date,
): PaymentPatch => ({
	id: payment.id,
	status: payment.status,
	cause_kind: cause.kind,
	cause_ref: cause.ref,
	...handOver(payment, fallback.gateway),
	error: null,
	next_check_at: inSeconds(now, FIRST_LOOK_SECONDS),
})
