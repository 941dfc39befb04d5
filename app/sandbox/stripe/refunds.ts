import type { Refund } from '../books/money-shapes.ts'
import type { Charge } from '../books/payment-shapes.ts'
import { invalid, missing, refused } from '../http/errors.ts'
import type { Form } from '../http/form.ts'
import { integer, metadata, oneOf, text } from '../http/read.ts'
import type { Desk } from '../sandbox.ts'
import type { Handler, Routes } from './call.ts'
import { chargeNamed } from './charges.ts'
import { intentNamed } from './intents.ts'
import { list } from './listing.ts'
import { publish } from './publish.ts'
import { checkRefundable, refund, undo } from './refunding.ts'

const REASONS = ['duplicate', 'fraudulent', 'requested_by_customer'] as const

function chargeOf(desk: Desk, params: Form): Charge {
	const id = text(params, 'charge')
	if (id !== undefined) return chargeNamed(desk, id)
	const intentId = text(params, 'payment_intent')
	if (intentId === undefined) {
		throw invalid(
			'One of the following params should be provided for this request: payment_intent or charge.',
		)
	}
	const { latest_charge } = intentNamed(desk, intentId, 'payment_intent')
	if (latest_charge !== null) return chargeNamed(desk, latest_charge)
	throw refused(`This PaymentIntent (${intentId}) does not have a successful charge to refund.`)
}

const create: Handler = (desk, call) => {
	const { params } = call
	const amount = integer(params, 'amount')
	if (amount !== undefined && amount < 1) {
		throw invalid('Invalid positive integer', 'amount', 'parameter_invalid_integer')
	}
	const asked = { metadata: metadata(params), reason: oneOf(params, 'reason', REASONS) ?? null }
	const charge = chargeOf(desk, params)
	return refund(desk, charge, checkRefundable(charge, amount), asked)
}

function refundNamed(desk: Desk, id: string): Refund {
	const found = desk.books.refunds.get(id)
	if (!found) throw missing('refund', id)
	return found
}

const update: Handler = (desk, call) => {
	const found = refundNamed(desk, call.id)
	const updated = desk.books.refunds.put({ ...found, metadata: metadata(call.params, found.metadata) })
	publish(desk, 'refund.updated', updated)
	return updated
}

const cancel: Handler = (desk, call) => {
	const found = refundNamed(desk, call.id)
	if (found.status !== 'pending' && found.status !== 'requires_action') {
		throw refused(`This refund has status ${found.status} and can no longer be canceled.`)
	}
	return undo(desk, call.id, 'canceled') ?? found
}

const index: Handler = (desk, call) => {
	const charge = text(call.params, 'charge')
	const intent = text(call.params, 'payment_intent')
	return list(
		'/v1/refunds',
		desk.books.refunds,
		call.params,
		(row) =>
			(charge === undefined || row.charge === charge) &&
			(intent === undefined || row.payment_intent === intent),
	)
}

export const refundRoutes: Routes = {
	'POST /v1/refunds': create,
	'GET /v1/refunds': index,
	'GET /v1/refunds/:id': (desk, call) => refundNamed(desk, call.id),
	'POST /v1/refunds/:id': update,
	'POST /v1/refunds/:id/cancel': cancel,
}
