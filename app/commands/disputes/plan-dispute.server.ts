import type { DisputePatch, DisputeRow } from '#db/queries/disputes.ts'
import { nextLookSeconds } from '../../domain/disputes/countdown.ts'
import { isOpen } from '../../domain/disputes/dispute-state.ts'
import type { DisputeJudgement, DisputeStep, KnownDispute } from '../../domain/disputes/judge-dispute.ts'
import type { DisputeObservation } from '../../domain/disputes/ports.ts'
import {
	disputeLostJournal,
	disputeOpenJournal,
	disputeWonJournal,
	type Journal,
} from '../../domain/ledger/journal.ts'

export const knownOf = (row: DisputeRow): KnownDispute => ({
	stage: row.stage,
	status: row.status,
	funds: row.funds,
	amountMinor: row.amount_minor,
	feeMinor: row.fee_minor,
	dueAt: row.evidence_due_at,
	round: row.round,
	submissions: row.submissions,
	isChargeRefundable: row.is_charge_refundable,
})

/**
 * Whether what was asked of the gateway has happened there, or no longer fits: an answer to the old question is
 * never sent as one to a new.
 */
function isCarriedOut(row: DisputeRow | null, { next, isAnswered }: DisputeJudgement): boolean {
	if (next.status !== 'needs_response' || next.round !== row?.round) return true
	return row.requested_operation === 'submit' && isAnswered
}

export type Judged = {
	row: DisputeRow | null
	judgement: DisputeJudgement
	seen: DisputeObservation
	/** The gateway refused what was asked of it. */
	isRefused: boolean
	now: Date
}

/** Whether the ledger does not yet show what the case must end with. */
const awaitsMoney = ({ stage, status, funds }: KnownDispute): boolean =>
	isOpen(status) ? stage !== 'inquiry' && funds === 'none' : funds === 'held'

/** The bank asks anew: the old answer and its countdown are of a past round. */
function forgetRound(row: DisputeRow, { next }: DisputeJudgement): DisputePatch {
	const isNewRound = next.round !== row.round
	const dueChanged = row.evidence_due_at?.getTime() !== next.dueAt?.getTime()
	return {
		...(isNewRound && { evidence_submitted_at: null, evidence_submitted_by: null }),
		...((isNewRound || dueChanged) && { alerted_days: null }),
	}
}

/** Not every gateway counts answers; one that reviews a case after we answered has the answer. */
function keepAnswer({ row, judgement, now }: Judged): DisputePatch {
	const { next, isAnswered } = judgement
	const isTaken = isAnswered || (row?.requested_operation === 'submit' && next.status === 'under_review')
	if (!isTaken || (row !== null && row.evidence_submitted_at !== null && row.round === next.round)) return {}
	return { evidence_submitted_at: now, evidence_submitted_by: row?.requested_by ?? 'gateway' }
}

/** Everything a judgement writes into the case's row. */
export function patchOf(judged: Judged) {
	const { row, judgement, seen, isRefused, now } = judged
	const { next } = judgement
	const operation = row?.requested_operation ?? null
	const isOver = isRefused || isCarriedOut(row, judgement)
	const lookIn = nextLookSeconds({
		isOpen: isOpen(next.status),
		awaitsMoney: awaitsMoney(next),
		isAnswering: operation !== null && !isOver,
	})
	return {
		stage: next.stage,
		status: next.status,
		funds: next.funds,
		amount_minor: next.amountMinor,
		fee_minor: next.feeMinor,
		reason: seen.reason,
		network_reason_code: seen.networkReasonCode,
		is_charge_refundable: next.isChargeRefundable,
		evidence_due_at: next.dueAt,
		// A refused call must not be repeated under its key with other words.
		round: isRefused ? next.round + 1 : next.round,
		submissions: next.submissions,
		closed_at: isOpen(next.status) ? null : (row?.closed_at ?? now),
		next_check_at: lookIn === null ? null : new Date(now.getTime() + lookIn * 1000),
		...(row && forgetRound(row, judgement)),
		...keepAnswer(judged),
		...(operation !== null && isOver && { requested_operation: null, requested_by: null }),
	} satisfies DisputePatch
}

/** The posting of a step; null for steps that move no money. */
export function journalOf(step: DisputeStep, row: DisputeRow, judgement: DisputeJudgement): Journal | null {
	const subject = {
		merchantId: row.merchant_id,
		gateway: row.provider,
		sourceId: row.id,
		currency: row.currency,
		amountMinor: row.amount_minor,
	}
	if (step === 'funds_held') return disputeOpenJournal(subject, judgement.feeTakenMinor)
	if (step === 'funds_returned')
		return disputeWonJournal(subject, judgement.feeReturnedMinor, judgement.wasLost)
	return step === 'loss_booked' ? disputeLostJournal(subject) : null
}
