import type { Kysely } from 'kysely'
import { findDispute, listDisputeAudit, toDispute } from '#db/queries/disputes.ts'
import { cursorText, presentCursor } from '#db/queries/events.ts'
import { listPostings } from '#db/queries/ledger.ts'
import { toPayment } from '#db/queries/payment-snapshot.ts'
import { findPayment } from '#db/queries/payments.ts'
import type { DB } from '#db/schema.ts'
import type { DisputeDetail } from '../contracts/dispute-views.ts'
import { openEvidence } from '../vault/evidence.server.ts'
import type { Payers } from '../vault/payers.server.ts'
import { presentEvidencePack } from './dispute-evidence.server.ts'
import { disputeTimeline } from './dispute-timeline.server.ts'
import { postingViews } from './ledger-postings.server.ts'

/** Everything about one case of this merchant; null when it is not theirs. */
export async function presentDisputeDetail(
	deps: { db: Kysely<DB>; payers: Payers; clock: { now(): Date } },
	{ merchantId, disputeId }: { merchantId: string; disputeId: string },
): Promise<DisputeDetail | null> {
	const { db, payers, clock } = deps
	const cursor = await presentCursor(db)
	const row = await findDispute(db, disputeId)
	const payment = row && (await findPayment(db, { merchantId, id: row.payment_id }))
	if (!row || !payment) return null
	const [audit, postings, suggested, evidence, [shown]] = await Promise.all([
		listDisputeAudit(db, { merchantId, id: disputeId }),
		listPostings(db, payment.id),
		presentEvidencePack(deps, payment),
		openEvidence(payers, db, row),
		payers.open(db, [toPayment(payment)]),
	])
	if (!shown) return null
	return {
		dispute: toDispute(row),
		payment: shown,
		payer: payment.payer_id,
		evidence,
		suggested,
		timeline: disputeTimeline(audit),
		postings: postingViews(postings.filter(({ source_id }) => source_id === disputeId)),
		readAt: clock.now().getTime(),
		cursor: cursorText(cursor),
	}
}
