import type { ErrorDetails } from '../http/errors.ts'
import type { Billing, Card, Metadata, SepaDebit, UsBankAccount } from './method-shapes.ts'

export type IntentStatus =
	| 'requires_payment_method'
	| 'requires_confirmation'
	| 'requires_action'
	| 'processing'
	| 'requires_capture'
	| 'canceled'
	| 'succeeded'

export type NextAction =
	| { type: 'redirect_to_url'; redirect_to_url: { url: string; return_url: string | null } }
	| { type: 'use_stripe_sdk'; use_stripe_sdk: { type: 'three_d_secure_redirect'; stripe_js: string } }

export interface PaymentIntent {
	id: string
	object: 'payment_intent'
	allowed_payment_method_types: string[] | null
	amount: number
	amount_capturable: number
	amount_received: number
	automatic_payment_methods: { allow_redirects: string; enabled: boolean } | null
	canceled_at: number | null
	cancellation_reason: string | null
	capture_method: 'automatic' | 'automatic_async' | 'manual'
	client_secret: string
	confirmation_method: 'automatic' | 'manual'
	created: number
	currency: string
	customer: string | null
	description: string | null
	last_payment_error: ErrorDetails | null
	latest_charge: string | null
	livemode: false
	metadata: Metadata
	next_action: NextAction | null
	payment_method: string | null
	payment_method_types: string[]
	processing: null
	receipt_email: string | null
	setup_future_usage: 'on_session' | 'off_session' | null
	shipping: null
	statement_descriptor: string | null
	statement_descriptor_suffix: string | null
	status: IntentStatus
}

export interface ThreeDSecure {
	authentication_flow: 'challenge' | null
	result: 'authenticated' | 'attempt_acknowledged'
	version: '2.2.0'
}

/** The payment method as it was when it was charged. */
export type ChargedWith =
	| { type: 'card'; card: Card & { network: string; three_d_secure: ThreeDSecure | null } }
	| { type: 'link'; link: { country: string } }
	| { type: 'us_bank_account'; us_bank_account: ChargedAccount & { payment_reference: string } }
	| {
			type: 'sepa_debit'
			sepa_debit: Omit<SepaDebit, 'generated_from'> & { expected_debit_date: string; mandate: string }
	  }

type ChargedAccount = Omit<UsBankAccount, 'financial_connections_account' | 'networks' | 'status_details'> & {
	expected_debit_date: string
	mandate: string
}

export interface Charge {
	id: string
	object: 'charge'
	amount: number
	amount_captured: number
	amount_refunded: number
	balance_transaction: string | null
	billing_details: Billing
	captured: boolean
	created: number
	currency: string
	customer: string | null
	description: string | null
	disputed: boolean
	/** What took a failed debit's money off the balance again. */
	failure_balance_transaction: string | null
	failure_code: string | null
	failure_message: string | null
	fraud_details: object
	livemode: false
	metadata: Metadata
	outcome: {
		network_status: 'approved_by_network' | 'declined_by_network' | 'not_sent_to_network'
		reason: string | null
		risk_level: 'normal' | 'elevated' | 'highest' | 'not_assessed'
		risk_score?: number
		seller_message: string
		type: 'authorized' | 'issuer_declined' | 'blocked'
	}
	paid: boolean
	payment_intent: string
	payment_method: string
	payment_method_details: ChargedWith
	receipt_email: string | null
	refunded: boolean
	statement_descriptor: string | null
	status: 'succeeded' | 'pending' | 'failed'
}
