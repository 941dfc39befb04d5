import type { Kysely } from 'kysely'
import { inTransaction, type Tx } from '#db/client.ts'
import { closeAttention, openAttention } from '#db/queries/attention.ts'
import { appendAudit, type AuditEntry } from '#db/queries/audit.ts'
import { insertDispute, lockDisputeByRef, patchDispute, type DisputeRow } from '#db/queries/disputes.ts'
import { insertEvents } from '#db/queries/events.ts'
import { postJournals } from '#db/queries/ledger.ts'
import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import { lockPayment } from '#db/queries/payments.ts'
import type { DB } from '#db/schema.ts'
import type { CompleteJobs, FetchedJob } from '#jobs/enqueue.ts'
import { judgeDispute, type DisputeJudgement, type DisputeStep } from '../../domain/disputes/judge-dispute.ts'
import type { DisputeObservation } from '../../domain/disputes/ports.ts'
import { newId } from '../../domain/ids/new-id.ts'
import type { Journal } from '../../domain/ledger/journal.ts'
import { isFraudReason } from '../../domain/disputes/fraud-reason.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import { conversionAudit, priceTakeBack, takeBackJournals } from '../fx/take-back.server.ts'
import { noteOutcome } from '../fraud/note-outcome.server.ts'
import { eventsOfSteps } from './dispute-events.server.ts'
import { journalOf, knownOf, patchOf, type Judged } from './plan-dispute.server.ts'

export type SettleDisputeDeps = {
	db: Kysely<DB>
	clock: { now(): Date }
	completeJobs: CompleteJobs
	committed: (queues: readonly string[]) => void
}

export type DisputeSettlement = {
	provider: string
	merchantId: string
	paymentId: string
	/** The case as the gateway has it, asked just now. */
	seen: DisputeObservation
	cause: Cause
	/** The job that carried it here; it completes in the same commit. */
	job: FetchedJob | null
	/** Why the gateway refused the answer that was sent; null when it did not. */
	refusal: string | null
}

const isEqual = (a: unknown, b: unknown): boolean =>
	a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : a === b

/** Looking again changes when we look next, and nothing else: no event is written for that. */
function isChanged(row: DisputeRow, patch: Partial<DisputeRow>): boolean {
	return Object.entries(patch).some(
		([column, value]) => column !== 'next_check_at' && !isEqual(row[column as keyof DisputeRow], value),
	)
}

async function keep(tx: Tx, payment: PaymentRow, judged: Judged, provider: string): Promise<DisputeRow> {
	const { row, seen } = judged
	const patch = patchOf(judged)
	if (row) return patchDispute(tx, row.id, patch)
	return insertDispute(tx, {
		...patch,
		id: newId('dp'),
		merchant_id: payment.merchant_id,
		payment_id: payment.id,
		provider,
		provider_ref: seen.ref,
		currency: seen.currency,
		opened_at: seen.openedAt,
	})
}

/** What the bank takes of a quoted payment leaves the merchant's own balance at the payment's rate. */
async function priceHold(tx: Tx, payment: PaymentRow, row: DisputeRow, steps: readonly DisputeStep[]) {
	if (!steps.includes('funds_held')) return row
	const taken = await priceTakeBack(tx, payment, row.amount_minor, row.id)
	return taken.settlement_minor === null ? row : patchDispute(tx, row.id, taken)
}

function conversionsOf(step: DisputeStep, row: DisputeRow): Journal[] {
	if (step === 'funds_held') return takeBackJournals('dispute', row, 'back')
	return step === 'funds_returned' ? takeBackJournals('dispute', row, 'undone') : []
}

/** One audit row per step, and one per conversion; the steps that move money name their posting. */
async function writeSteps(tx: Tx, row: DisputeRow, judgement: DisputeJudgement, cause: Cause): Promise<void> {
	const planned = judgement.steps.map((step) => ({ step, journal: journalOf(step, row, judgement) }))
	const conversions = judgement.steps.flatMap((step) => conversionsOf(step, row))
	const posted = await postJournals(tx, [...planned.flatMap(({ journal }) => journal ?? []), ...conversions])
	const steps = planned.map(({ step, journal }): AuditEntry => ({
		merchant_id: row.merchant_id,
		actor: causeText(cause),
		action: `dispute.${step}`,
		subject_id: row.id,
		payload: {
			ledger_tx: journal ? (posted.shift() ?? null) : null,
			amount_minor: row.amount_minor.toString(),
			fee_minor: (step === 'funds_returned' ? judgement.feeReturnedMinor : row.fee_minor).toString(),
			currency: row.currency,
			stage: row.stage,
			reason: row.reason,
		},
	}))
	await appendAudit(tx, [
		...steps,
		...conversions.map((journal) => conversionAudit(journal, posted.shift(), cause)),
	])
}

async function tellPeople(tx: Tx, row: DisputeRow, judged: Judged, refusal: string | null): Promise<void> {
	const { attention } = judged.judgement
	const item = { merchant_id: row.merchant_id, subject_id: row.id }
	if (attention !== null) await openAttention(tx, [{ ...item, kind: 'gateway_mismatch', detail: attention }])
	if (refusal !== null) {
		const detail = `The gateway did not take what was sent for this dispute: ${refusal} Nothing was submitted.`
		await openAttention(tx, [{ ...item, kind: 'dispute_refused', detail }])
	}
	const isAnswered = row.status !== 'needs_response' || row.evidence_submitted_at !== null
	if (!isAnswered) return
	for (const kind of ['dispute_due', 'dispute_refused'] as const) {
		await closeAttention(tx, { kind, subjectId: row.id, outcome: `dispute ${row.status}`, at: judged.now })
	}
}

/** A case that says fraud is believed at once, and until the merchant has won it. */
async function noteFraud(
	tx: Tx,
	payment: PaymentRow,
	{ before, kept, cause }: { before: DisputeRow | null; kept: DisputeRow; cause: Cause },
): Promise<void> {
	if (!isFraudReason(kept.reason)) return
	const saidSo = before !== null && isFraudReason(before.reason)
	if (!saidSo) await noteOutcome(tx, payment, { source: 'dispute', verdict: 'fraud', cause })
	if (kept.status === 'won' && before?.status !== 'won')
		await noteOutcome(tx, payment, { source: 'dispute', verdict: 'genuine', cause })
}

async function settle(
	tx: Tx,
	payment: PaymentRow,
	settlement: DisputeSettlement,
	now: Date,
): Promise<DisputeRow> {
	const { provider, seen, cause, refusal } = settlement
	const row = (await lockDisputeByRef(tx, provider, seen.ref)) ?? null
	const judgement = judgeDispute(row && knownOf(row), seen, {
		currency: payment.currency,
		capturedMinor: payment.captured_minor,
	})
	const judged = { row, judgement, seen, isRefused: refusal !== null, now }
	const changed = row === null || isChanged(row, patchOf(judged))
	const kept = await priceHold(tx, payment, await keep(tx, payment, judged, provider), judgement.steps)
	await writeSteps(tx, kept, judgement, cause)
	await noteFraud(tx, payment, { before: row, kept, cause })
	await tellPeople(tx, kept, judged, refusal)
	if (changed) await insertEvents(tx, eventsOfSteps(kept, judgement.steps))
	return kept
}

/**
 * Applies what the gateway has of a case: state, ledger, audit, events, alerts and the end of the job in one commit.
 * Locks the payment before the case, as every writer does. Returns the case; null when there is no such payment.
 */
export async function settleDispute(
	deps: SettleDisputeDeps,
	settlement: DisputeSettlement,
): Promise<DisputeRow | null> {
	const { merchantId, paymentId, job } = settlement
	const kept = await inTransaction(deps.db, async (tx) => {
		const payment = await lockPayment(tx, { merchantId, id: paymentId })
		const row = payment ? await settle(tx, payment, settlement, deps.clock.now()) : null
		if (job) await deps.completeJobs(tx, [job])
		return row
	})
	deps.committed([])
	return kept
}
