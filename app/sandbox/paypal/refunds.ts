import type { PayPalCapture } from '../books/paypal-shapes.ts'
import type { Desk } from '../sandbox.ts'
import type { Handler, Routes } from './call.ts'
import { refused } from './errors.ts'
import { captureNamed, refundNamed } from './find.ts'
import { mockFailure } from './mock.ts'
import { readMoney } from './money.ts'
import { refundLinks, viewCapture, viewRefund } from './payment-views.ts'
import { type Asked, refund } from './refunding.ts'
import { text } from './read.ts'

const create: Handler = (desk, call) => {
	const captured = captureNamed(desk, call.id)
	const asked = readMoney(call.body, 'amount')
	if (asked && asked.currency !== captured.amount.currency) {
		throw refused('REFUND_CAPTURE_CURRENCY_MISMATCH', 'Refund must be in the same currency as the capture.')
	}
	const given: Asked = {
		custom: text(call.body, 'custom_id', 255) ?? captured.custom,
		invoice: text(call.body, 'invoice_id', 127) ?? captured.invoice,
		note: text(call.body, 'note_to_payer', 255),
	}
	if (call.mock !== undefined) throw mockFailure(call.mock)
	const amount = checkRefundable(desk, captured, asked?.minor)
	const made = refund(desk, captured, amount, given)
	const { id, status } = made
	return {
		status: 201,
		body: call.whole ? viewRefund(desk, made) : { id, status, links: refundLinks(desk, made) },
		subject: { kind: 'refund', id },
	}
}

function checkRefundable({ books }: Desk, captured: PayPalCapture, asked: number | undefined): number {
	const left = captured.amount.minor - captured.refunded
	if (captured.reversed) {
		throw refused(
			'REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK',
			'Refunds not allowed on this capture due to a chargeback on the card or bank.',
		)
	}
	if (captured.status === 'PENDING') {
		throw refused('PENDING_CAPTURE', 'Cannot initiate a refund as the capture is pending.')
	}
	if (captured.status === 'DECLINED') throw refused('REFUND_NOT_ALLOWED', 'Capture cannot be refunded.')
	if (left === 0) throw refused('CAPTURE_FULLY_REFUNDED', 'The capture has already been fully refunded.')
	const amount = asked ?? left
	if (amount > left) {
		throw refused(
			'REFUND_AMOUNT_EXCEEDED',
			'The refund amount must be less than or equal to the capture amount that has not yet been refunded.',
		)
	}
	const disputed = books.paypalDisputes.of(captured.id).some(({ status }) => status !== 'RESOLVED')
	if (disputed && amount < left) {
		throw refused(
			'TRANSACTION_DISPUTED',
			'Partial refunds cannot be offered at this time because there is an open case on this transaction.',
		)
	}
	return amount
}

export const captureRoutes: Routes = {
	'GET /v2/payments/captures/:id': (desk, call) => ({
		status: 200,
		body: viewCapture(desk, captureNamed(desk, call.id)),
	}),
	'POST /v2/payments/captures/:id/refund': create,
	'GET /v2/payments/refunds/:id': (desk, call) => ({
		status: 200,
		body: viewRefund(desk, refundNamed(desk, call.id)),
	}),
}
