import type { Charge } from '../books/payment-shapes.ts'
import { missing } from '../http/errors.ts'
import { metadata, text } from '../http/read.ts'
import type { Desk } from '../sandbox.ts'
import type { Handler, Routes } from './call.ts'
import { list } from './listing.ts'
import { publish } from './publish.ts'

export function chargeNamed(desk: Desk, id: string, param = 'charge'): Charge {
	const found = desk.books.charges.get(id)
	if (!found) throw missing('charge', id, param)
	return found
}

const index: Handler = (desk, call) => {
	const intent = text(call.params, 'payment_intent')
	return list(
		'/v1/charges',
		desk.books.charges,
		call.params,
		(charge) => intent === undefined || charge.payment_intent === intent,
	)
}

const update: Handler = (desk, call) => {
	const charge = chargeNamed(desk, call.id, 'id')
	const updated = desk.books.charges.put({ ...charge, metadata: metadata(call.params, charge.metadata) })
	publish(desk, 'charge.updated', updated)
	return updated
}

export const chargeRoutes: Routes = {
	'GET /v1/charges': index,
	'GET /v1/charges/:id': (desk, call) => chargeNamed(desk, call.id, 'id'),
	'POST /v1/charges/:id': update,
}
