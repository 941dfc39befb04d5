import type { Kysely } from 'kysely'
import { searchEvents } from '#db/queries/events.ts'
import { toPayment } from '#db/queries/payment-snapshot.ts'
import { searchPayments } from '#db/queries/payments.ts'
import type { DB } from '#db/schema.ts'
import type { ListEvents, ListPayments } from '../contracts/payment-requests.ts'

type Deps = { db: Kysely<DB> }

export async function presentPaymentPage({ db }: Deps, merchantId: string, query: ListPayments) {
	const { rows, hasMore } = await searchPayments(db, {
		merchantId,
		limit: query.limit,
		...(query.status && { status: query.status }),
		...(query.currency && { currency: query.currency }),
		...(query.starting_after && { starting_after: query.starting_after }),
		...(query.ending_before && { ending_before: query.ending_before }),
	})
	return { object: 'list', url: '/api/v1/payments', has_more: hasMore, data: rows.map(toPayment) }
}

export async function presentEventPage({ db }: Deps, merchantId: string, query: ListEvents) {
	const { events, hasMore } = await searchEvents(db, {
		merchantId,
		limit: query.limit,
		type: query.type,
		paymentId: query.payment,
		startingAfter: query.starting_after,
		endingBefore: query.ending_before,
	})
	return { object: 'list', url: '/api/v1/events', has_more: hasMore, data: events }
}
