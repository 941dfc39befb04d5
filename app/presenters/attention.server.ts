import type { Kysely } from 'kysely'
import {
	countOpenAttention,
	findAttention,
	searchAttention,
	toAttentionItem,
} from '#db/queries/attention-view.ts'
import { cursorText, presentCursor } from '#db/queries/events.ts'
import type { DB } from '#db/schema.ts'
import type { AttentionItem, AttentionList } from '../contracts/attention.ts'
import type { ListAttention } from '../contracts/attention-requests.ts'

type Deps = { db: Kysely<DB> }
type Search = { merchantId: string; query: ListAttention }

const rowsOf = ({ db }: Deps, { merchantId, query }: Search) =>
	searchAttention(db, {
		merchantId,
		status: query.status,
		limit: query.limit,
		startingAfter: query.starting_after,
		endingBefore: query.ending_before,
	})

export async function presentAttentionPage(deps: Deps, search: Search) {
	const { rows, hasMore } = await rowsOf(deps, search)
	return { object: 'list', url: '/api/v1/attention', has_more: hasMore, data: rows.map(toAttentionItem) }
}

/** The desk of the console. */
export async function presentAttentionDesk(deps: Deps, search: Search): Promise<AttentionList> {
	const cursor = await presentCursor(deps.db)
	const [{ rows, hasMore }, openCount] = await Promise.all([
		rowsOf(deps, search),
		countOpenAttention(deps.db, search.merchantId),
	])
	return {
		status: search.query.status,
		items: rows.map(toAttentionItem),
		hasMore,
		openCount,
		cursor: cursorText(cursor),
	}
}

/** How many items wait for a person of this merchant. */
export const presentAttentionCount = ({ db }: Deps, merchantId: string): Promise<number> =>
	countOpenAttention(db, merchantId)

export async function presentAttentionItem(
	{ db }: Deps,
	{ merchantId, id }: { merchantId: string; id: string },
): Promise<AttentionItem | null> {
	const row = await findAttention(db, { merchantId, id })
	return row ? toAttentionItem(row) : null
}
