import type { Kysely } from 'kysely'
import { findDispute, listDisputeAudit, toDispute } from '#db/queries/disputes.ts'
import { cursorText, presentCursor } from '#db/queries/events.ts'
import { listPostings } from '#db/queries/ledger.ts'
import { toPayment } from '#db/queries/payment-snapshot.ts'
import { findPayment } from '#db/queries/payments.ts'
import type { DB } from '#db/schema.ts'
import type { DisputeDetail } from '../contracts/dispute-views.ts'
import type { Evidence } from '../domain/disputes/evidence.ts'
import { presentEvidencePack } from './dispute-evidence.server.ts'
import { disputeTimeline } from './dispute-timeline.server.ts'
import { postingViews } from './ledger-postings.server.ts'

/** Everything about one case of this merchant; null when it is not theirs. */
export async function presentDisputeDetail(
	{ db, clock }: { db: Kysely<DB>; clock: { now(): Date } },
	{ merchantId, disputeId }: { merchantId: string; disputeId: string },
): Promise<DisputeDetail | null> {
	const cursor = await presentCursor(db)
	const row = await findDispute(db, disputeId)
	const payment = row && (await findPayment(db, { merchantId, id: row.payment_id }))
	if (!row || !payment) return null
	const [audit, postings, suggested] = await Promise.all([
		listDisputeAudit(db, { merchantId, id: disputeId }),
		listPostings(db, payment.id),
		presentEvidencePack(db, payment),
	])
	return {
		dispute: toDispute(row),
		payment: toPayment(payment),
		evidence: row.evidence as Evidence,
		suggested,
		timeline: disputeTimeline(audit),
		postings: postingViews(postings.filter(({ source_id }) => source_id === disputeId)),
		readAt: clock.now().getTime(),
		cursor: cursorText(cursor),
	}
}
