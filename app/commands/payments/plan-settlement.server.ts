import type { NewAttention } from '#db/queries/attention.ts'
import type { AttemptPatch, AttemptRow, LockedAttempt } from '#db/queries/attempts.ts'
import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import type { PaymentChange, PaymentPatch } from '#db/queries/payments.ts'
import type { ReportedCard } from '#db/queries/reported-cards.ts'
import type { DeclineVerdict } from '../../domain/declines/read-decline.ts'
import { REPORTED_CODES } from '../../domain/declines/reported-codes.ts'
import { captureJournal, type Journal } from '../../domain/ledger/journal.ts'
import type { Cause } from '../../domain/payments/cause.ts'
import { delayAfter, isOpenOutcome } from '../../domain/payments/check-schedule.ts'
import { judgeOutcome, type Judgement } from '../../domain/payments/judge-outcome.ts'
import { isTerminal } from '../../domain/payments/payment-state.ts'
import type { GatewayOutcome } from '../../domain/payments/ports.ts'

import { judgeFallback, type Fallback } from '../../domain/routing/judge-fallback.ts'
import { tokensOf } from '../../domain/routing/hand-over.ts'
import { routeFromJson } from '../../domain/routing/route.ts'
import {
	isOpen,
	patchAttempt,
	patchForFallback,
	patchPayment,
	type NextLook,
} from './settlement-patches.server.ts'

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
	/** The next gateway, asked in the same commit as the decline that allows it. */
	fallback: Fallback | null
	/** The bank wants this card back: it is never charged again. */
	reported: ReportedCard | null
}

/** What came of an attempt, and what its decline means. */
export type Judged = {
	outcome: GatewayOutcome
	cause: Cause
	asked?: Asked | undefined
	verdict: DeclineVerdict | null
}

/** One chain of questions per attempt: only the janitor's own question plans the next, or the first that finds none. */
function nextLook(
	payment: PaymentRow,
	attempt: AttemptRow,
	outcome: GatewayOutcome,
	asked: Asked | undefined,
): NextLook {
	if (!isOpenOutcome(outcome.kind) || !isOpen(attempt.status)) return null
	// Of a payment that another try has paid, a charge without an answer is still asked about: it may be a second one.
	const isUnanswered = attempt.status === 'sent' || attempt.status === 'unknown'
	if (isTerminal(payment.status) && !isUnanswered) return null
	if (asked === 'reader' || (asked === undefined && attempt.next_check_at !== null)) return 'as_planned'
	return delayAfter(outcome.kind, attempt.checks)
}

/**
 * An older try that ends badly says nothing about the payment any more; one that took money does. A second charge
 * of a paid payment is never booked: it goes before a person.
 */
function judge(
	payment: PaymentRow,
	attempt: LockedAttempt,
	outcome: GatewayOutcome,
	fallback: Fallback | null,
): Judgement {
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
	// The payment stays where it is: its next try decides.
	if (fallback) return { ...judged, moves: [] }
	if (!attempt.is_latest && outcome.kind !== 'captured') return { ...judged, moves: [], attention: null }
	if (outcome.kind === 'captured' && payment.status === 'succeeded' && attempt.status !== 'succeeded') {
		const detail = `The gateway charged this payment a second time, as ${outcome.ref}. Refund it there.`
		return { ...judged, attempt: 'unknown', attention: { kind: 'late_money', detail } }
	}
	return judged
}

function fallbackOf(
	payment: PaymentRow,
	attempt: LockedAttempt,
	outcome: GatewayOutcome,
	verdict: DeclineVerdict | null,
	now: Date,
): Fallback | null {
	return judgeFallback({
		outcome: outcome.kind,
		verdict,
		paymentStatus: payment.status,
		operationRequested: payment.requested_operation !== null,
		attempt: {
			id: attempt.id,
			gateway: attempt.provider,
			status: attempt.status,
			number: attempt.number,
			isLatest: attempt.is_latest,
			approvals: attempt.approvals,
			ageMs: now.getTime() - attempt.started_at.getTime(),
		},
		route: routeFromJson(attempt.route),
		tokens: tokensOf(payment),
	})
}

/** Only the latest try is known to be of the card the payment shows. */
function reportedOf(
	payment: PaymentRow,
	attempt: LockedAttempt,
	verdict: DeclineVerdict | null,
): ReportedCard | null {
	const standard_code = REPORTED_CODES.find((code) => code === verdict?.standard)
	const { merchant_id, card_fingerprint } = payment
	if (!standard_code || card_fingerprint === null || !attempt.is_latest) return null
	return { merchant_id, card_fingerprint, standard_code, attempt_id: attempt.id }
}

/** Decides what an outcome writes, from the locked rows. No I/O: the same rows and outcome give the same plan. */
export function planSettlement(
	payment: PaymentRow,
	attempt: LockedAttempt,
	{ outcome, cause, asked, verdict }: Judged,
	now: Date,
): SettlementPlan {
	const fallback = fallbackOf(payment, attempt, outcome, verdict, now)
	const judged = judge(payment, attempt, outcome, fallback)
	const look = nextLook(payment, attempt, outcome, asked)
	const isUnclear = outcome.kind === 'unknown' || outcome.kind === 'processing'
	const usedUp = isUnclear && look === null && isOpen(attempt.status) && !isTerminal(payment.status)
	const trouble =
		judged.attention ??
		(usedUp && { kind: 'outcome_unknown', detail: 'The gateway never said what became of this charge.' })
	const status = judged.moves.at(-1)
	return {
		attempt: patchAttempt(attempt, { outcome, judged, verdict, look }, now),
		passing: judged.moves
			.slice(0, -1)
			.map((passed) => ({ id: payment.id, status: passed, cause_kind: cause.kind, cause_ref: cause.ref })),
		patch: fallback
			? patchForFallback(payment, fallback, cause, now)
			: status === undefined
				? null
				: patchPayment(payment, attempt, status, { outcome, judged, verdict, cause }, now),
		journal:
			judged.capturedMinor === null
				? null
				: journalOf(payment, attempt.provider, outcome, judged.capturedMinor),
		attention: trouble ? { merchant_id: payment.merchant_id, subject_id: payment.id, ...trouble } : null,
		checkInSeconds: look === 'as_planned' ? null : look,
		completes: judged.attempt === 'approved' && attempt.is_latest,
		fallback,
		reported: reportedOf(payment, attempt, verdict),
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
