import type { Billing, PaymentMethod } from '../books/method-shapes.ts'
import { numberBehind } from '../cards/test-ids.ts'
import { missing } from '../http/errors.ts'
import { metadata, required, text } from '../http/read.ts'
import type { Desk } from '../sandbox.ts'
import { testAccount } from './bank-accounts.ts'
import type { Handler, Routes } from './call.ts'
import { testCard } from './cards.ts'
import { list } from './listing.ts'
import { readInstrument } from './method-input.ts'
import { keepMethod, NO_BILLING } from './methods.ts'
import { publish } from './publish.ts'
import { testWallet } from './wallets.ts'

/** Debits need to know whose account it is. */
const TEST_HOLDER: Billing = { ...NO_BILLING, email: 'jenny@sandbox.example', name: 'Jenny Rosen' }

/** A stored method, or a fresh one for a test id such as `pm_card_visa` or `pm_usBankAccount_success`. */
export function methodNamed(desk: Desk, id: string, param = 'payment_method'): PaymentMethod {
	const stored = desk.books.methods.get(id)
	if (stored) return stored
	const number = numberBehind(id)
	if (number !== undefined) {
		return keepMethod(desk, { type: 'card', card: testCard(desk, number) }, NO_BILLING)
	}
	const account = testAccount(desk, id)
	if (account) return keepMethod(desk, account, TEST_HOLDER)
	const wallet = testWallet(desk, id)
	if (!wallet) throw missing('PaymentMethod', id, param)
	return keepMethod(desk, wallet.instrument, wallet.billing, { linkedCard: wallet.linkedCard })
}

const create: Handler = (desk, call) => {
	required(call.params, 'type')
	const { billing, instrument, linkedCard } = readInstrument(desk, call, call.params)
	return keepMethod(desk, instrument, billing, { metadata: metadata(call.params), linkedCard })
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
	const type = text(call.params, 'type')
	return list(
		'/v1/payment_methods',
		desk.books.methods,
		call.params,
		(method) =>
			(customer === undefined || method.customer === customer) &&
			(type === undefined || method.type === type),
	)
}

export const paymentMethodRoutes: Routes = {
	'POST /v1/payment_methods': create,
	'GET /v1/payment_methods': index,
	'GET /v1/payment_methods/:id': retrieve,
	'POST /v1/payment_methods/:id/attach': attach,
	'POST /v1/payment_methods/:id/detach': detach,
}
