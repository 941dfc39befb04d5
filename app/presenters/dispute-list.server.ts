import type { Kysely } from 'kysely'
import { readWinRates, searchDisputes, toDispute } from '#db/queries/disputes.ts'
import { cursorText, presentCursor } from '#db/queries/events.ts'
import type { DB } from '#db/schema.ts'
import type { DisputeFilters, DisputeList } from '../contracts/dispute-views.ts'

const PAGE = 25

export async function presentDisputeList(
	{ db, clock }: { db: Kysely<DB>; clock: { now(): Date } },
	{ merchantId, filters }: { merchantId: string; filters: DisputeFilters },
): Promise<DisputeList> {
	const cursor = await presentCursor(db)
	const [{ rows, hasMore }, records] = await Promise.all([
		searchDisputes(db, { ...filters, merchantId, limit: PAGE }),
		readWinRates(db, merchantId),
	])
	return {
		disputes: rows.map(toDispute),
		hasMore,
		filters,
		records,
		readAt: clock.now().getTime(),
		cursor: cursorText(cursor),
	}
}
