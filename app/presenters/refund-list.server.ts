import type { Kysely } from 'kysely'
import { cursorText, presentCursor } from '#db/queries/events.ts'
import { searchRefunds, type ListedRefund as ListedRow } from '#db/queries/refunds.ts'
import type { DB } from '#db/schema.ts'
import type { ListedRefund, RefundFilters, RefundListView } from '../contracts/console.ts'
import { refundViews, type Viewer } from './refund-view.server.ts'

const PAGE = 25
/** More than a colleague decides about at once; the filter shows the rest. */
const MOST_WAITING = 50

async function listed(db: Kysely<DB>, viewer: Viewer, rows: readonly ListedRow[]): Promise<ListedRefund[]> {
	const views = await refundViews(db, viewer, rows)
	return views.map(({ row, view }) => ({ ...view, title: row.description ?? row.reference }))
}

/** The refunds page; on its first page without a filter what waits for approval stands on top, of any age. */
export async function presentRefundList(
	{ db }: { db: Kysely<DB> },
	viewer: Viewer,
	filters: RefundFilters,
): Promise<RefundListView> {
	const cursor = await presentCursor(db)
	const { merchantId } = viewer
	const { status } = filters
	const isFirst = !status && !filters.starting_after && !filters.ending_before
	const waiting = isFirst
		? (await searchRefunds(db, { merchantId, limit: MOST_WAITING, awaitingApproval: true })).rows
		: []
	const { rows, hasMore } = await searchRefunds(db, {
		merchantId,
		limit: PAGE,
		...(status === 'waiting' ? { awaitingApproval: true } : { status }),
		startingAfter: filters.starting_after,
		endingBefore: filters.ending_before,
	})
	return {
		waiting: await listed(db, viewer, waiting),
		refunds: await listed(db, viewer, rows),
		hasMore,
		filters,
		cursor: cursorText(cursor),
	}
}
