import type { Kysely } from 'kysely'
import { findDispute, searchDisputes, toDispute } from '#db/queries/disputes.ts'
import { findPayment } from '#db/queries/payments.ts'
import type { DB } from '#db/schema.ts'
import type { ListDisputes } from '../contracts/dispute-requests.ts'
import type { Dispute, DisputeWithEvidence } from '../contracts/disputes.ts'
import { openEvidence } from '../vault/evidence.server.ts'
import type { Payers } from '../vault/payers.server.ts'
import { presentEvidencePack } from './dispute-evidence.server.ts'

type Deps = { db: Kysely<DB>; payers: Payers }
type Scope = { merchantId: string; disputeId: string }

export async function presentDispute(
	{ db }: Deps,
	{ merchantId, disputeId }: Scope,
): Promise<Dispute | null> {
	const row = await findDispute(db, disputeId)
	return row?.merchant_id === merchantId ? toDispute(row) : null
}

/** One case with its draft and what the house would send; null when it is not this merchant's. */
export async function presentDisputeWithEvidence(
	deps: Deps,
	{ merchantId, disputeId }: Scope,
): Promise<DisputeWithEvidence | null> {
	const { db, payers } = deps
	const row = await findDispute(db, disputeId)
	const payment = row && (await findPayment(db, { merchantId, id: row.payment_id }))
	if (!row || !payment) return null
	return {
		...toDispute(row),
		evidence: await openEvidence(payers, db, row),
		suggested_evidence: await presentEvidencePack(deps, payment),
	}
}

export async function presentDisputePage({ db }: Deps, merchantId: string, query: ListDisputes) {
	const { rows, hasMore } = await searchDisputes(db, { ...query, merchantId })
	return { object: 'list', url: '/api/v1/disputes', has_more: hasMore, data: rows.map(toDispute) }
}
