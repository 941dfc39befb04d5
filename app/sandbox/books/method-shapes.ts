export type Metadata = Record<string, string>

type Empty = Record<string, never>

export interface Billing {
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
	tax_id: null
}

/** `dynamic_last4`: the digits of the number the device pays with in the card's place. */
export type Wallet =
	| { type: 'apple_pay'; apple_pay: Empty; dynamic_last4: string }
	| { type: 'google_pay'; google_pay: Empty; dynamic_last4: string }
	| { type: 'link'; link: Empty; dynamic_last4: null }

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
	generated_from: null
	last4: string
	networks: { available: string[]; preferred: null }
	regulated_status: 'unregulated'
	three_d_secure_usage: { supported: true }
	wallet: Wallet | null
}

export interface UsBankAccount {
	account_holder_type: 'individual' | 'company'
	account_type: 'checking' | 'savings'
	bank_name: string
	financial_connections_account: null
	fingerprint: string
	last4: string
	networks: { preferred: 'ach'; supported: ['ach'] }
	routing_number: string
	status_details: Empty
}

export interface SepaDebit {
	bank_code: string
	branch_code: string | null
	country: string
	fingerprint: string
	generated_from: { charge: null; setup_attempt: null }
	last4: string
}

/** What a payment method is made of: the field is named like the type. */
export type Instrument =
	| { type: 'card'; card: Card }
	| { type: 'link'; link: { email: string } }
	| { type: 'us_bank_account'; us_bank_account: UsBankAccount }
	| { type: 'sepa_debit'; sepa_debit: SepaDebit }

export type Debit = Extract<Instrument, { type: 'us_bank_account' | 'sepa_debit' }>

export type PaymentMethod = Instrument & {
	id: string
	object: 'payment_method'
	allow_redisplay: 'unspecified'
	billing_details: Billing
	created: number
	customer: string | null
	customer_account: null
	livemode: false
	metadata: Metadata
}

interface Online {
	ip_address: string | null
	user_agent: string | null
}

export interface Acceptance {
	customer_acceptance: { type: 'online' | 'offline'; online: Online | null }
}

export interface ConfirmationToken {
	id: string
	object: 'confirmation_token'
	created: number
	expires_at: number
	livemode: false
	mandate_data: Acceptance | null
	metadata: Metadata
	payment_intent: string | null
	payment_method_options: null
	payment_method_preview: Instrument & {
		allow_redisplay: 'unspecified'
		billing_details: Billing
		customer: string | null
		customer_account: null
	}
	return_url: string | null
	setup_future_usage: 'on_session' | 'off_session' | null
	setup_intent: null
	shipping: null
	use_stripe_sdk: boolean
}

export interface Mandate {
	id: string
	object: 'mandate'
	customer_acceptance: { accepted_at: number } & (
		{ type: 'online'; online: Online } | { type: 'offline'; offline: Empty }
	)
	livemode: false
	multi_use?: Empty
	payment_method: string
	payment_method_details:
		| { type: 'us_bank_account'; us_bank_account: Empty }
		| { type: 'sepa_debit'; sepa_debit: { reference: string; url: string } }
	single_use?: { amount: number; currency: string }
	status: 'active' | 'inactive'
	type: 'multi_use' | 'single_use'
}
