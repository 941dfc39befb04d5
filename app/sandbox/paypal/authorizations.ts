import type { PayPalAmount, PayPalAuthorization } from '../books/paypal-shapes.ts'
import type { Desk } from '../sandbox.ts'
import type { Handler, Routes } from './call.ts'
import { refused } from './errors.ts'
import { authorizationNamed, orderNamed } from './find.ts'
import { mockFailure } from './mock.ts'
import { readMoney } from './money.ts'
import { captureLinks, viewAuthorization, viewCapture } from './payment-views.ts'
import { publish } from './publish.ts'
import { text } from './read.ts'
import { capture } from './taking.ts'

const leftOf = ({ amount, captured }: PayPalAuthorization): number => amount.minor - captured

function checkOpen({ clock }: Desk, { expires, status }: PayPalAuthorization): void {
	if (status === 'CAPTURED') {
		throw refused('AUTHORIZATION_ALREADY_CAPTURED', 'Authorization has already been captured.')
	}
	if (status === 'VOIDED') {
		throw refused('AUTHORIZATION_VOIDED', 'A voided authorization cannot be captured or reauthorized.')
	}
	if (status === 'DENIED') {
		throw refused('AUTHORIZATION_DENIED', 'A denied authorization cannot be captured or reauthorized.')
	}
	if (expires <= clock.seconds()) {
		throw refused('AUTHORIZATION_EXPIRED', 'An expired authorization cannot be captured.')
	}
}

/** PayPal lets some merchants take 15 % more than was authorised. Where the payer must agree, as in Europe, none may. */
function checkAmount(authorization: PayPalAuthorization, asked: PayPalAmount | undefined): PayPalAmount {
	const left = leftOf(authorization)
	const { currency } = authorization.amount
	if (!asked) return { currency, minor: left }
	if (asked.currency !== currency) {
		throw refused(
			'AUTH_CAPTURE_CURRENCY_MISMATCH',
			'Currency of capture must be the same as currency of authorization.',
		)
	}
	if (asked.minor <= left) return asked
	throw refused('MAX_CAPTURE_AMOUNT_EXCEEDED', 'Capture amount exceeds allowable limit.')
}

const take: Handler = (desk, call) => {
	const authorization = authorizationNamed(desk, call.id)
	const asked = readMoney(call.body, 'amount')
	const invoice = text(call.body, 'invoice_id', 127) ?? authorization.invoice
	const final = call.body.fields['final_capture'] === true
	checkOpen(desk, authorization)
	const amount = checkAmount(authorization, asked)
	if (call.mock !== undefined) throw mockFailure(call.mock)
	const captured = authorization.captured + amount.minor
	desk.books.paypalAuthorizations.put({
		...authorization,
		captured,
		status: final || captured === authorization.amount.minor ? 'CAPTURED' : 'PARTIALLY_CAPTURED',
		updated: desk.clock.seconds(),
	})
	const order = orderNamed(desk, authorization.order)
	const { custom, id } = authorization
	const made = capture(desk, order, { amount, authorization: id, custom, final, invoice })
	return {
		status: 201,
		body: call.whole
			? viewCapture(desk, made)
			: { id: made.id, status: made.status, links: captureLinks(desk, made) },
		subject: { kind: 'capture', id: made.id },
	}
}

/** Gives back what is still reserved: all of it, or what partial captures have left. */
const giveUp: Handler = (desk, call) => {
	const authorization = authorizationNamed(desk, call.id)
	if (authorization.status === 'CAPTURED') {
		throw refused(
			'PREVIOUSLY_CAPTURED',
			'Authorization has been previously captured and hence cannot be voided.',
		)
	}
	if (authorization.status === 'VOIDED') {
		throw refused(
			'PREVIOUSLY_VOIDED',
			'Authorization has been previously voided and hence cannot be voided again.',
		)
	}
	checkOpen(desk, authorization)
	if (call.mock !== undefined) throw mockFailure(call.mock)
	const voided = desk.books.paypalAuthorizations.put({
		...authorization,
		status: 'VOIDED',
		updated: desk.clock.seconds(),
	})
	const seen = viewAuthorization(desk, voided)
	publish(desk, 'PAYMENT.AUTHORIZATION.VOIDED', 'authorization', seen, 'Payment voided')
	const subject = { kind: 'authorization', id: voided.id } as const
	return call.whole ? { status: 200, body: seen, subject } : { status: 204, subject }
}

const retrieve: Handler = (desk, call) => {
	const found = authorizationNamed(desk, call.id)
	return { status: 200, body: viewAuthorization(desk, found) }
}

export const authorizationRoutes: Routes = {
	'GET /v2/payments/authorizations/:id': retrieve,
	'POST /v2/payments/authorizations/:id/capture': take,
	'POST /v2/payments/authorizations/:id/void': giveUp,
}
