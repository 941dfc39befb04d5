import type { PaymentMethod } from '../books/payment-shapes.ts'
import { numberBehind } from '../cards/test-ids.ts'
import { invalid, missing } from '../http/errors.ts'
import { metadata, nested, required, text } from '../http/read.ts'
import type { Desk } from '../sandbox.ts'
import type { Handler, Routes } from './call.ts'
import { readBilling, readCard } from './card-input.ts'
import { keepMethod, NO_BILLING, testCard } from './cards.ts'
import { list } from './listing.ts'
import { publish } from './publish.ts'

/** A stored method, or a fresh one for a `pm_card_*` id. */
export function methodNamed(desk: Desk, id: string, param = 'payment_method'): PaymentMethod {
	const stored = desk.books.methods.get(id)
	if (stored) return stored
	const number = numberBehind(id)
	if (number === undefined) throw missing('PaymentMethod', id, param)
	return keepMethod(desk, testCard(desk, number), NO_BILLING)
}

const create: Handler = (desk, call) => {
	if (required(call.params, 'type') !== 'card') throw invalid('The sandbox knows cards only.', 'type')
	const billing = readBilling(nested(call.params, 'billing_details'))
	const card = readCard(desk, call, nested(call.params, 'card') ?? {}, billing)
	return keepMethod(desk, card, billing, metadata(call.params))
}

const retrieve: Handler = (desk, call) => methodNamed(desk, call.id, 'id')

const attach: Handler = (desk, call) => {
	const customer = required(call.params, 'customer')
	const attached = desk.books.methods.put({ ...methodNamed(desk, call.id, 'id'), customer })
	publish(desk, 'payment_method.attached', attached)
	return attached
}

const detach: Handler = (desk, call) => {
	const detached = desk.books.methods.put({ ...methodNamed(desk, call.id, 'id'), customer: null })
	publish(desk, 'payment_method.detached', detached)
	return detached
}

const index: Handler = (desk, call) => {
	const customer = text(call.params, 'customer')
	return list(
		'/v1/payment_methods',
		desk.books.methods,
		call.params,
		(method) => customer === undefined || method.customer === customer,
	)
}

export const paymentMethodRoutes: Routes = {
	'POST /v1/payment_methods': create,
	'GET /v1/payment_methods': index,
	'GET /v1/payment_methods/:id': retrieve,
	'POST /v1/payment_methods/:id/attach': attach,
	'POST /v1/payment_methods/:id/detach': detach,
}
