import type { Kysely } from 'kysely'
import { inTransaction, type Tx } from '#db/client.ts'
import { openAttention } from '#db/queries/attention.ts'
import { lockAttempts, patchAttempts, paymentOfAttempts, type AttemptRow } from '#db/queries/attempts.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { insertEvents } from '#db/queries/events.ts'
import { postJournals } from '#db/queries/ledger.ts'
import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import { lockPayments, movePayments, patchPayments } from '#db/queries/payments.ts'
import { keepReportedCards } from '#db/queries/reported-cards.ts'
import type { DB } from '#db/schema.ts'
import { checkAttempt, completeAttempt, processPayment } from '#jobs/catalog/payments.ts'
import type { CompleteJobs, Enqueue, FetchedJob } from '#jobs/enqueue.ts'
import { currenciesOf } from '../../domain/ledger/journal.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import type { AttemptStatus, GatewayOutcome } from '../../domain/payments/ports.ts'
import { withConversions } from '../fx/book-conversions.server.ts'
import type { Gateways } from '../../domain/gateways/ports.ts'
import { openFallbacks, type FallingBack } from '../routing/open-fallbacks.server.ts'
import { readVerdicts } from '../routing/read-verdicts.server.ts'
import type { RoutingMemory } from '../routing/routing-memory.server.ts'
import { paymentEvent } from './payment-events.server.ts'
import { planSettlement, type Asked, type SettlementPlan } from './plan-settlement.server.ts'

export type Settlement = {
	attemptId: string
	outcome: GatewayOutcome
	cause: Cause
	/** The job that carried the outcome here; it completes in the same commit. */
	job: FetchedJob | null
	asked?: Asked
	/** Only while the attempt still stands like this: whoever was faster is right. */
	onlyFrom?: AttemptStatus
}
/** The payment's state afterwards; null when the attempt does not exist. */
export type Settled = { status: PaymentRow['status'] | null }

type Deps = {
	db: Kysely<DB>
	clock: { now(): Date }
	gateways: Gateways
	routing: RoutingMemory
	wayBack: (payment: PaymentRow) => { returnUrl: string; cancelUrl: string }
	enqueue: Enqueue
	completeJobs: CompleteJobs
	committed: (queues: readonly string[]) => void
}

/** Outcomes of the same payment follow each other: round n holds the n-th outcome of each payment. */
function inRounds(items: readonly Settlement[], paymentOf: ReadonlyMap<string, string>): Settlement[][] {
	const rounds: Settlement[][] = []
	const counts = new Map<string, number>()
	for (const item of items) {
		const payment = paymentOf.get(item.attemptId)
		if (payment === undefined) continue
		const round = counts.get(payment) ?? 0
		counts.set(payment, round + 1)
		;(rounds[round] ??= []).push(item)
	}
	return rounds
}

async function write(tx: Tx, deps: Deps, rows: readonly PaymentRow[], work: readonly PlannedItem[]) {
	const plans = work.map(({ plan }) => plan)
	await patchAttempts(
		tx,
		plans.map((plan) => plan.attempt),
	)
	const steps = Math.max(0, ...plans.map((plan) => plan.passing.length))
	for (let step = 0; step < steps; step++) {
		await movePayments(
			tx,
			plans.flatMap((plan) => plan.passing[step] ?? []),
		)
	}
	const changed = await patchPayments(
		tx,
		rows,
		plans.flatMap((plan) => plan.patch ?? []),
	)
	const posted = await withConversions(
		tx,
		rows,
		work.flatMap(({ plan, cause }) => (plan.journal ? [{ journal: plan.journal, cause }] : [])),
	)
	const transactions = await postJournals(
		tx,
		posted.map(({ journal }) => journal),
	)
	await appendAudit(
		tx,
		posted.map(({ journal, cause }, index) => ({
			merchant_id: journal.merchantId,
			actor: causeText(cause),
			action: journal.kind === 'conversion' ? 'payment.converted' : 'payment.captured',
			subject_id: journal.sourceId,
			payload: { ledger_tx: transactions[index] ?? null, currency: currenciesOf(journal) },
		})),
	)
	await openAttention(
		tx,
		plans.flatMap((plan) => plan.attention ?? []),
	)
	await insertEvents(
		tx,
		changed.map((row) => paymentEvent(row)),
	)
	await deps.enqueue(
		tx,
		completeAttempt,
		plans.filter((plan) => plan.completes).map(({ attempt }) => ({ attemptId: attempt.id })),
	)
	await keepReportedCards(
		tx,
		plans.flatMap((plan) => plan.reported ?? []),
	)
	await openFallbacks(tx, deps, fallingBack(work, changed))
	for (const { attempt, checkInSeconds } of plans) {
		if (checkInSeconds === null) continue
		await deps.enqueue(tx, checkAttempt, [{ attemptId: attempt.id }], { startAfterSeconds: checkInSeconds })
	}
	return changed
}

type PlannedItem = { plan: SettlementPlan; attempt: AttemptRow; cause: Cause }

const fallingBack = (work: readonly PlannedItem[], changed: readonly PaymentRow[]): FallingBack[] =>
	work.flatMap(({ plan: { fallback }, attempt }) => {
		const payment = fallback && changed.find((row) => row.id === attempt.payment_id)
		return payment ? [{ payment, declined: attempt, fallback }] : []
	})

/**
 * Applies what gateways say: state, ledger, audit, event, next check and the end of the job in one commit.
 * Safe to run twice and in any order: each outcome is judged under the lock of its payment.
 */
export async function settleOutcomes(deps: Deps, items: readonly Settlement[]): Promise<Settled[]> {
	const wakes = new Set<string>()
	const states = await inTransaction(deps.db, async (tx) => {
		const ids = items.map((item) => item.attemptId)
		const paymentOf = await paymentOfAttempts(tx, ids)
		const payments = new Map(
			(await lockPayments(tx, [...new Set(paymentOf.values())])).map((row) => [row.id, row]),
		)
		for (const round of inRounds(items, paymentOf)) {
			const attempts = new Map(
				(
					await lockAttempts(
						tx,
						round.map((item) => item.attemptId),
					)
				).map((row) => [row.id, row]),
			)
			const answers = round.flatMap((item) => {
				const attempt = attempts.get(item.attemptId)
				const payment = attempt && payments.get(attempt.payment_id)
				if (!attempt || !payment) return []
				if (item.onlyFrom !== undefined && attempt.status !== item.onlyFrom) return []
				return [{ ...item, attempt, payment }]
			})
			const verdicts = await readVerdicts(tx, deps, answers)
			const work = answers.map(({ payment, attempt, cause, ...item }): PlannedItem => {
				const verdict = verdicts.get(attempt.id) ?? null
				const plan = planSettlement(payment, attempt, { ...item, cause, verdict }, deps.clock.now())
				if (plan.fallback) wakes.add(processPayment.name)
				if (plan.completes) wakes.add(completeAttempt.name)
				return { plan, attempt, cause }
			})
			for (const row of await write(tx, deps, [...payments.values()], work)) payments.set(row.id, row)
		}
		await deps.completeJobs(
			tx,
			items.flatMap((item) => item.job ?? []),
		)
		return new Map(ids.map((id) => [id, payments.get(paymentOf.get(id) ?? '')?.status ?? null]))
	})
	deps.committed([...wakes])
	return items.map((item) => ({ status: states.get(item.attemptId) ?? null }))
}
