import type { Acceptance, PaymentMethod } from '../books/method-shapes.ts'
import type { PaymentIntent } from '../books/payment-shapes.ts'
import { ApiError, invalid } from '../http/errors.ts'
import { flag, text } from '../http/read.ts'
import type { Desk } from '../sandbox.ts'
import type { Call } from './call.ts'
import { usableToken } from './confirmation-tokens.ts'
import type { Confirmation } from './confirming.ts'
import { readAcceptance, standingMandate } from './mandates.ts'
import { checkType } from './method-types.ts'
import { instrumentOf, isDebit, keepMethod } from './methods.ts'
import { methodNamed } from './payment-methods.ts'

/** How an intent is to be confirmed. Throws before anything is used up or charged. */
export function readConfirmation(desk: Desk, call: Call, intent: PaymentIntent): Confirmation {
	const { params } = call
	const given = text(params, 'return_url')
	const paid = readMethod(desk, call, intent)
	checkType(intent, paid.method)
	const acceptance = readAcceptance(call) ?? paid.acceptance
	if (isDebit(paid.method) && !acceptance && !standingMandate(desk, paid.method)) {
		throw mandateMissing(intent, paid.method)
	}
	paid.use()
	return {
		method: paid.method,
		returnUrl: given ?? paid.returnUrl,
		offSession: params['off_session'] !== undefined && params['off_session'] !== 'false',
		usesSdk: flag(params, 'use_stripe_sdk') ?? false,
		errorOnAction: flag(params, 'error_on_requires_action') ?? false,
		acceptance,
	}
}

interface Offered {
	method: PaymentMethod
	acceptance: Acceptance | null
	returnUrl: string | null
	/** A token is spent by the payment it confirms, not by one that was refused. */
	use: () => void
}

function readMethod(desk: Desk, call: Call, intent: PaymentIntent): Offered {
	const tokenId = text(call.params, 'confirmation_token')
	if (tokenId !== undefined) {
		const token = usableToken(desk, tokenId)
		const preview = token.payment_method_preview
		const linkedCard = desk.books.vault.get(tokenId)?.number
		return {
			method: keepMethod(desk, instrumentOf(preview), preview.billing_details, { linkedCard }),
			acceptance: token.mandate_data,
			returnUrl: token.return_url,
			use: () => void desk.books.tokens.put({ ...token, payment_intent: intent.id }),
		}
	}
	const named = text(call.params, 'payment_method') ?? intent.payment_method
	if (named) {
		return { method: methodNamed(desk, named), acceptance: null, returnUrl: null, use: () => undefined }
	}
	throw invalid(
		'You cannot confirm this PaymentIntent because it is missing a payment method. Update it with a payment method, or provide one with this request.',
		'payment_method',
		'payment_intent_unexpected_state',
	)
}

function mandateMissing(intent: PaymentIntent, method: PaymentMethod): ApiError {
	return new ApiError(400, {
		type: 'invalid_request_error',
		message:
			'This PaymentIntent requires a mandate, but no existing mandate was found. Collect mandate acceptance from the customer and try again, providing acceptance data in the mandate_data parameter.',
		payment_intent: { ...intent, payment_method: method.id, status: 'requires_confirmation' },
	})
}
