import { z } from 'zod'
import { ADVICE } from '../domain/declines/standard-declines.ts'
import { METHOD_TYPES } from '../domain/methods/method-terms.ts'
import { PAYMENT_STATES } from '../domain/payments/payment-state.ts'
import type { WithSealedEmail } from '../domain/privacy/sealed.ts'
import { PENDING_REASONS, REFUND_STATES } from '../domain/refunds/refund-state.ts'
import { AttentionItem } from './attention.ts'
import { Dispute } from './disputes.ts'
import { PaymentId } from './ids.ts'

/** One reason behind a risk score: a stable code and the sentence a merchant reads. */
export const RiskReason = z.object({ code: z.string(), message: z.string(), points: z.number().int() })

/** Score 0 (harmless) to 99, what screening decided, and why. */
export const Risk = z.object({
	score: z.number().int().min(0).max(99),
	level: z.enum(['normal', 'elevated', 'highest']),
	decision: z.enum(['allow', 'review', 'block']),
	reasons: z.array(RiskReason),
})
export type Risk = z.infer<typeof Risk>

/** What a payment is paid with. The brand is a card's network or an account's bank; wallets show the card behind them. */
export const MethodDetails = z.object({
	type: z.enum(METHOD_TYPES),
	brand: z.string().nullable(),
	last4: z.string().nullable(),
	exp_month: z.number().int().nullable(),
	exp_year: z.number().int().nullable(),
	country: z.string().nullable(),
})
export type MethodDetails = z.infer<typeof MethodDetails>

/** The error a shopper or API caller is told; `message` is plain language. */
export const PaymentError = z.object({
	type: z.enum(['card_error', 'gateway_error', 'blocked']),
	code: z.string(),
	decline_code: z.string().nullable(),
	message: z.string(),
	/** The reason in the house's own words, the same for every gateway; not on blocked payments. */
	standard_code: z.string().nullish(),
	/** What can be done next. */
	advice: z.enum(ADVICE).nullish(),
})
export type PaymentError = z.infer<typeof PaymentError>

/** The payment as the API, the event stream and the console see it. Amounts are integers in minor units. */
export const Payment = z.object({
	id: PaymentId,
	object: z.literal('payment'),
	status: z.enum(PAYMENT_STATES),
	amount: z.number().int().positive(),
	currency: z.string().length(3),
	amount_captured: z.number().int().nonnegative(),
	amount_refunded: z.number().int().nonnegative(),
	/** Captured minus every refund that is done or on its way. */
	amount_refundable: z.number().int().nonnegative(),
	capture_method: z.enum(['automatic', 'manual']),
	description: z.string().nullable(),
	receipt_email: z.string().nullable(),
	metadata: z.record(z.string(), z.string()),
	payment_method: MethodDetails.nullable(),
	last_payment_error: PaymentError.nullable(),
	/** Where the payer authenticates, while `requires_action`. */
	next_action: z.object({ type: z.literal('redirect_to_url'), url: z.string() }).nullable(),
	risk: Risk.nullable(),
	/** Short reference for people: receipts, statements, support. */
	reference: z.string(),
	checkout_session: z.string().nullable(),
	livemode: z.boolean(),
	/** Unix seconds. */
	created: z.number().int(),
	/** Unix milliseconds of the commit that made this version; drives the live view. */
	updated_ms: z.number().int(),
})
export type Payment = z.infer<typeof Payment>

/** The payment as it is kept: in events and answers, where nobody reads it before it was opened. */
export type KeptPayment = WithSealedEmail<Payment>

export const REFUND_REASONS = ['requested_by_customer', 'duplicate', 'fraudulent', 'other'] as const

export const Refund = z.object({
	id: z.string(),
	object: z.literal('refund'),
	payment: PaymentId,
	amount: z.number().int().positive(),
	currency: z.string().length(3),
	status: z.enum(REFUND_STATES),
	reason: z.enum(REFUND_REASONS).nullable(),
	/** Why it is still pending. */
	pending_reason: z.enum(PENDING_REASONS).nullable(),
	/** The code, and in plain words what went wrong and where the money is. */
	failure_reason: z.string().nullable(),
	failure_message: z.string().nullable(),
	/** Made at the gateway's own dashboard and mirrored here. */
	made_at_gateway: z.boolean(),
	/** Unix seconds. */
	created: z.number().int(),
})
export type Refund = z.infer<typeof Refund>

/** One line of history: `GET /api/v1/events` and the live streams. */
export const PaymentEvent = z.object({
	id: z.string(),
	object: z.literal('event'),
	type: z.string(),
	created: z.number().int(),
	data: z.object({ object: z.union([Payment, Refund, Dispute, AttentionItem]) }),
})
export type PaymentEvent = z.infer<typeof PaymentEvent>

/** What an event is about, as it is kept. */
export type KeptEventObject = Exclude<PaymentEvent['data']['object'], Payment> | KeptPayment
