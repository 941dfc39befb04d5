import type { Kysely } from 'kysely'
import { hasEvent, searchEvents } from '#db/queries/events.ts'
import { toPayment } from '#db/queries/payment-snapshot.ts'
import { searchPayments } from '#db/queries/payments.ts'
import type { DB } from '#db/schema.ts'
import type { ListEvents, ListPayments } from '../contracts/payment-requests.ts'
import { DomainError } from '../domain/errors/domain-error.ts'
import type { Payers } from '../vault/payers.server.ts'

type Deps = { db: Kysely<DB>; payers: Payers }

export async function presentPaymentPage({ db, payers }: Deps, merchantId: string, query: ListPayments) {
	const { rows, hasMore } = await searchPayments(db, {
		merchantId,
		limit: query.limit,
		...(query.status && { status: query.status }),
		...(query.currency && { currency: query.currency }),
		...(query.starting_after && { starting_after: query.starting_after }),
		...(query.ending_before && { ending_before: query.ending_before }),
	})
	const data = await payers.open(db, rows.map(toPayment))
	return { object: 'list', url: '/api/v1/payments', has_more: hasMore, data }
}

/** A page after an event nobody has would be empty, and look like the end of the list. */
async function requireKnownPlace(
	{ db }: Pick<Deps, 'db'>,
	merchantId: string,
	query: ListEvents,
): Promise<void> {
	for (const param of ['starting_after', 'ending_before'] as const) {
		const id = query[param]
		if (id !== undefined && !(await hasEvent(db, { merchantId, id }))) {
			throw new DomainError('invalid', 'parameter_invalid', `${param}: there is no event ${id}`, { param })
		}
	}
}

/** As JSON. */
export async function presentEventPage({ db, payers }: Deps, merchantId: string, query: ListEvents) {
	await requireKnownPlace({ db }, merchantId, query)
	const { events, hasMore } = await searchEvents(db, {
		merchantId,
		limit: query.limit,
		type: query.type,
		paymentId: query.payment,
		startingAfter: query.starting_after,
		endingBefore: query.ending_before,
	})
	const page = { object: 'list', url: '/api/v1/events', has_more: hasMore, data: events }
	return payers.openJson(db, JSON.stringify(page))
}
