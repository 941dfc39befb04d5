import type { Metadata } from './method-shapes.ts'

export interface BalanceTransaction {
	id: string
	object: 'balance_transaction'
	amount: number
	available_on: number
	balance_type: 'payments'
	created: number
	currency: string
	description: string | null
	exchange_rate: null
	fee: number
	fee_details: {
		amount: number
		application: null
		currency: string
		description: string
		type: 'stripe_fee'
	}[]
	net: number
	reporting_category: string
	source: string
	status: 'pending' | 'available'
	type:
		| 'charge'
		| 'payment'
		| 'payment_failure_refund'
		| 'payment_refund'
		| 'refund'
		| 'refund_failure'
		| 'adjustment'
		| 'payout'
}

export interface Payout {
	id: string
	object: 'payout'
	amount: number
	arrival_date: number
	automatic: boolean
	balance_transaction: string
	created: number
	currency: string
	description: string | null
	destination: string
	failure_balance_transaction: null
	failure_code: null
	failure_message: null
	livemode: false
	metadata: Metadata
	method: 'standard'
	reconciliation_status: 'completed' | 'not_applicable'
	source_type: 'card'
	statement_descriptor: string | null
	status: 'pending' | 'in_transit' | 'paid' | 'failed' | 'canceled'
	type: 'bank_account'
}

/** `reference`: by which the payer's bank can find the transfer, once it is sent. */
interface TransferReference {
	reference: string | null
	reference_status: 'pending' | 'available'
}

export type RefundDestination =
	| { type: 'card'; card: { type: 'refund' } }
	| { type: 'us_bank_transfer'; us_bank_transfer: TransferReference }
	| { type: 'eu_bank_transfer'; eu_bank_transfer: TransferReference }

export interface Refund {
	id: string
	object: 'refund'
	amount: number
	balance_transaction: string | null
	charge: string
	created: number
	currency: string
	destination_details: RefundDestination
	failure_balance_transaction: string | null
	failure_reason: string | null
	metadata: Metadata
	payment_intent: string
	/** Only while pending. */
	pending_reason: 'processing' | null
	reason: 'duplicate' | 'fraudulent' | 'requested_by_customer' | null
	receipt_number: null
	status: 'pending' | 'requires_action' | 'succeeded' | 'failed' | 'canceled'
}

export type DisputeStatus =
	| 'needs_response'
	| 'under_review'
	| 'won'
	| 'lost'
	| 'warning_needs_response'
	| 'warning_under_review'
	| 'warning_closed'

/** Why a bank takes a debit back that had succeeded. */
export type ReturnReason = 'bank_cannot_process' | 'debit_not_authorized' | 'insufficient_funds'

export interface Dispute {
	id: string
	object: 'dispute'
	amount: number
	balance_transactions: BalanceTransaction[]
	charge: string
	created: number
	currency: string
	evidence: Record<string, string>
	evidence_details: { due_by: number; has_evidence: boolean; past_due: boolean; submission_count: number }
	is_charge_refundable: boolean
	livemode: false
	metadata: Metadata
	network_reason_code: string | null
	payment_intent: string
	payment_method_details?: { card: { brand: string; network_reason_code: string }; type: 'card' }
	reason: 'fraudulent' | 'product_not_received' | ReturnReason
	status: DisputeStatus
}

export interface EarlyFraudWarning {
	id: string
	object: 'radar.early_fraud_warning'
	actionable: boolean
	charge: string
	created: number
	fraud_type: 'unauthorized_use_of_card'
	livemode: false
	payment_intent: string
}
