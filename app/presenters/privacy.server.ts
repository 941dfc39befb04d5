import type { Kysely } from 'kysely'
import { findPayer, newestEmail, type PayerRow } from '#db/queries/payers.ts'
import {
	readHoldings,
	readHolds,
	searchPrivacyRequests,
	type PrivacyRequestRow,
} from '#db/queries/privacy.ts'
import type { DB } from '#db/schema.ts'
import type { ListPrivacyRequests, PayerView, PrivacyRequestView } from '../contracts/privacy.ts'
import { holdWords, type Hold } from '../domain/privacy/request.ts'
import type { Payers } from '../vault/payers.server.ts'

type Deps = { db: Kysely<DB>; payers: Payers }

const seconds = (at: Date | null): number | null => (at === null ? null : Math.floor(at.getTime() / 1000))
const withWords = (holds: readonly Hold[]) => holds.map((hold) => ({ ...hold, message: holdWords(hold) }))

export const presentRequest = (row: PrivacyRequestRow): PrivacyRequestView => ({
	id: row.id,
	object: 'privacy_request',
	payer: row.payer_id,
	kind: row.kind,
	status: row.status,
	holds: withWords(row.holds),
	held: row.counts,
	reason: row.reason,
	requested_by: row.requested_by,
	created: Math.floor(row.created_at.getTime() / 1000),
})

/** What is held about this payer. */
export async function presentPayer({ db, payers }: Deps, payer: PayerRow): Promise<PayerView> {
	const scope = { merchantId: payer.merchant_id, payerId: payer.id }
	const [{ first_at, last_at, ...held }, holds, sealed] = await Promise.all([
		readHoldings(db, scope),
		readHolds(db, scope),
		newestEmail(db, scope),
	])
	const opener = await payers.opener(db, [sealed])
	return {
		id: payer.id,
		object: 'payer',
		email: opener('email', sealed),
		held,
		holds: withWords(holds),
		first_payment: seconds(first_at),
		last_payment: seconds(last_at),
		erased: seconds(payer.erased_at),
	}
}

/** Null when they are not this merchant's. */
export async function presentPayerById(
	deps: Deps,
	{ merchantId, payerId }: { merchantId: string; payerId: string },
): Promise<PayerView | null> {
	const payer = await findPayer(deps.db, { merchantId, id: payerId })
	return payer ? presentPayer(deps, payer) : null
}

export async function presentPrivacyRequests(
	{ db }: Pick<Deps, 'db'>,
	merchantId: string,
	{ payer, ...page }: ListPrivacyRequests,
) {
	const { rows, hasMore } = await searchPrivacyRequests(db, { merchantId, payerId: payer, ...page })
	return {
		object: 'list',
		url: '/api/v1/privacy/requests',
		has_more: hasMore,
		data: rows.map(presentRequest),
	}
}
