import { newId } from '../books/ids.ts'
import type { PaymentMethod } from '../books/method-shapes.ts'
import type { Charge, ChargedWith, PaymentIntent } from '../books/payment-shapes.ts'
import type { Desk } from '../sandbox.ts'

interface Draft {
	intent: PaymentIntent
	method: PaymentMethod
	details: ChargedWith
	outcome: Charge['outcome']
}

/** A charge before anything came of it. What is not a card is a “payment” in Stripe's ids and books. */
export function draftCharge(desk: Desk, { details, intent, method, outcome }: Draft): Charge {
	return {
		id: newId(details.type === 'card' ? 'ch' : 'py'),
		object: 'charge',
		amount: intent.amount,
		amount_captured: 0,
		amount_refunded: 0,
		balance_transaction: null,
		billing_details: method.billing_details,
		captured: false,
		created: desk.clock.seconds(),
		currency: intent.currency,
		customer: intent.customer,
		description: intent.description,
		disputed: false,
		failure_balance_transaction: null,
		failure_code: null,
		failure_message: null,
		fraud_details: {},
		livemode: false,
		metadata: intent.metadata,
		outcome,
		paid: false,
		payment_intent: intent.id,
		payment_method: method.id,
		payment_method_details: details,
		receipt_email: intent.receipt_email,
		refunded: false,
		statement_descriptor: intent.statement_descriptor,
		status: 'pending',
	}
}

export const isCard = (charge: Charge): boolean => charge.payment_method_details.type === 'card'
