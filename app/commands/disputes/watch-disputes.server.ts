import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { closeAttention, openAttention } from '#db/queries/attention.ts'
import {
	disputesToAlert,
	disputesToLookAt,
	lockDispute,
	patchDispute,
	type DisputeRow,
} from '#db/queries/disputes.ts'
import { lockPayment } from '#db/queries/payments.ts'
import type { DB } from '#db/schema.ts'
import { checkDispute, sendDisputeAnswer } from '#jobs/catalog/disputes.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import type { DisputeId } from '../../contracts/ids.ts'
import { nextAlert, type AlertDays } from '../../domain/disputes/countdown.ts'
import { toDecimal } from '../../domain/money/money.ts'

type Deps = {
	db: Kysely<DB>
	clock: { now(): Date }
	enqueue: Enqueue
	committed: (queues: readonly string[]) => void
}

const AT_ONCE = 200
/** Above the time a failing job takes for all its tries: a case has one question under way. */
const LOOK_AGAIN_MS = 900_000

function words(row: DisputeRow, dueAt: Date, days: AlertDays): string {
	const amount = `${toDecimal({ minor: row.amount_minor, currency: row.currency })} ${row.currency.toUpperCase()}`
	const due = `${dueAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`
	const what = row.stage === 'inquiry' ? 'inquiry' : 'dispute'
	if (days === 0) {
		return `The time to answer the ${what} over ${amount} ran out on ${due}. The bank decides without you; evidence may no longer count.`
	}
	const left = days === 1 ? 'in one day or less' : `within ${days} days`
	const loss = row.stage === 'inquiry' ? 'the bank may take the money' : 'the money is lost'
	return `Evidence for the ${what} over ${amount} is due ${left}, on ${due}. Without an answer ${loss}.`
}

/** A later alert replaces the one before it, so that a person has one item per case. */
async function alert(deps: Deps, found: DisputeRow): Promise<void> {
	await inTransaction(deps.db, async (tx) => {
		await lockPayment(tx, { merchantId: found.merchant_id, id: found.payment_id })
		const row = await lockDispute(tx, found.id)
		const now = deps.clock.now()
		const isWaiting = row?.status === 'needs_response' && row.evidence_submitted_at === null
		if (!isWaiting || !row.evidence_due_at || row.requested_operation === 'accept') return
		const days = nextAlert(row.evidence_due_at, now, row.alerted_days)
		if (days === null) return
		await patchDispute(tx, row.id, { alerted_days: days })
		const kind = 'dispute_due'
		await closeAttention(tx, { kind, subjectId: row.id, outcome: 'a later alert replaced it', at: now })
		const detail = words(row, row.evidence_due_at, days)
		await openAttention(tx, [{ merchant_id: row.merchant_id, kind, subject_id: row.id, detail }])
	})
}

/** An answer without a result is carried on; everything else is asked about. */
async function askAgain(deps: Deps, row: DisputeRow): Promise<void> {
	const next = new Date(deps.clock.now().getTime() + LOOK_AGAIN_MS)
	const job = row.requested_operation === null ? checkDispute : sendDisputeAnswer
	await inTransaction(deps.db, async (tx) => {
		await patchDispute(tx, row.id, { next_check_at: next })
		await deps.enqueue(tx, job, [{ disputeId: row.id as DisputeId }])
	})
}

/** Counts down to due dates and has the gateway asked about what is open. Each case is its own commit. */
export async function watchDisputes(deps: Deps): Promise<void> {
	const now = deps.clock.now()
	for (const row of await disputesToAlert(deps.db, now, AT_ONCE)) await alert(deps, row)
	for (const row of await disputesToLookAt(deps.db, now, AT_ONCE)) await askAgain(deps, row)
	deps.committed([checkDispute.name, sendDisputeAnswer.name])
}
