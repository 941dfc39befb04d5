import type { ErrorDetails } from '../http/errors.ts'

export type Metadata = Record<string, string>

interface Billing {
	address: {
		city: string | null
		country: string | null
		line1: string | null
		line2: string | null
		postal_code: string | null
		state: string | null
	}
	email: string | null
	name: string | null
	phone: string | null
}

export interface Card {
	brand: string
	checks: {
		address_line1_check: 'pass' | null
		address_postal_code_check: 'pass' | 'fail' | null
		cvc_check: 'pass' | 'fail' | null
	}
	country: string
	display_brand: string
	exp_month: number
	exp_year: number
	fingerprint: string
	funding: 'credit' | 'debit' | 'prepaid'
	last4: string
	networks: { available: string[]; preferred: null }
	wallet: null
}

export interface PaymentMethod {
	id: string
	object: 'payment_method'
	billing_details: Billing
	card: Card
	created: number
	customer: string | null
	livemode: false
	metadata: Metadata
	type: 'card'
}

export interface ConfirmationToken {
	id: string
	object: 'confirmation_token'
	created: number
	expires_at: number
	livemode: false
	payment_intent: string | null
	payment_method_preview: Pick<PaymentMethod, 'billing_details' | 'card' | 'customer' | 'type'>
	return_url: string | null
	setup_future_usage: 'on_session' | 'off_session' | null
	setup_intent: null
	shipping: null
	use_stripe_sdk: boolean
}

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
	failure_code: string | null
	failure_message: string | null
	fraud_details: object
	livemode: false
	metadata: Metadata
	outcome: {
		network_status: 'approved_by_network' | 'declined_by_network' | 'not_sent_to_network'
		reason: string | null
		risk_level: 'normal' | 'elevated' | 'highest'
		risk_score: number
		seller_message: string
		type: 'authorized' | 'issuer_declined' | 'blocked'
	}
	paid: boolean
	payment_intent: string
	payment_method: string
	payment_method_details: {
		card: Card & { network: string; three_d_secure: ThreeDSecure | null }
		type: 'card'
	}
	receipt_email: string | null
	refunded: boolean
	statement_descriptor: string | null
	status: 'succeeded' | 'pending' | 'failed'
}
