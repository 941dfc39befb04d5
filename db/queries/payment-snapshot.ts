import type { Selectable } from 'kysely'
import type { KeptPayment, Payment, Risk } from '../../app/contracts/payments.ts'
import { BLOCK_FROM_SCORE, REVIEW_FROM_SCORE } from '../../app/domain/fraud/screen-payment.ts'
import { jsonAmount } from '../../app/domain/money/json-amount.ts'
import type { Payments } from '../schema.ts'

export type PaymentRow = Selectable<Payments>

function riskOf(row: PaymentRow): Risk | null {
	if (row.risk_score === null || row.risk_decision === null) return null
	const level =
		row.risk_score >= BLOCK_FROM_SCORE
			? 'highest'
			: row.risk_score >= REVIEW_FROM_SCORE
				? 'elevated'
				: 'normal'
	return {
		score: row.risk_score,
		level,
		decision: row.risk_decision,
		reasons: row.risk_reasons as Risk['reasons'],
	}
}

/** What the payment is paid with, as far as it is known; null before anybody has chosen. */
export function methodDetails(row: PaymentRow): Payment['payment_method'] {
	const type = row.method_type ?? (row.card_last4 === null ? null : 'card')
	if (type === null) return null
	return {
		type,
		brand: row.card_brand,
		last4: row.card_last4,
		exp_month: row.card_exp_month,
		exp_year: row.card_exp_year,
		country: row.card_country,
	}
}

/** The payment as everyone outside sees it once it is opened (app/vault/payers.server.ts), from its row. */
export function toPayment(row: PaymentRow): KeptPayment {
	return {
		id: row.id as Payment['id'],
		object: 'payment',
		status: row.status,
		amount: jsonAmount(row.amount_minor),
		currency: row.currency,
		amount_captured: jsonAmount(row.captured_minor),
		amount_refunded: jsonAmount(row.refunded_minor),
		amount_refundable: jsonAmount(row.captured_minor - row.refund_reserved_minor),
		capture_method: row.capture_method,
		description: row.description,
		receipt_email: row.sealed_email,
		metadata: row.metadata as Record<string, string>,
		payment_method: methodDetails(row),
		last_payment_error: row.error as Payment['last_payment_error'],
		next_action:
			row.status === 'requires_action' && row.next_action_url
				? { type: 'redirect_to_url', url: row.next_action_url }
				: null,
		risk: riskOf(row),
		reference: row.reference,
		checkout_session: row.checkout_session_id,
		livemode: row.livemode,
		created: Math.floor(row.created_at.getTime() / 1000),
		updated_ms: row.updated_at.getTime(),
	}
}
