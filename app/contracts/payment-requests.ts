import { z } from 'zod'
import { cardStepOf, isCurrency } from '../domain/money/currency.ts'
import { PAYMENT_STATES } from '../domain/payments/payment-state.ts'
import { DIFFERENCE_CLASSES } from '../domain/reconciliation/finding.ts'
import { REFUND_STATES } from '../domain/refunds/refund-state.ts'
import { EventId, PaymentId, RefundId } from './ids.ts'
import { REFUND_REASONS } from './payments.ts'

/** 12 digits: above any payment a gateway takes, and exact as a JSON number. */
const MOST_MINOR = 999_999_999_999

/** Refuses NUL and lone surrogates: Postgres cannot keep the one and would change the other. */
export const text = (most: number) =>
	z
		.string()
		.max(most)
		.refine(
			(value) => !value.includes('\u0000') && value.isWellFormed(),
			'contains characters that cannot be kept',
		)

export const AmountMinor = z.int().min(1).max(MOST_MINOR)

export const Currency = z
	.string()
	.transform((value) => value.toLowerCase())
	.refine(isCurrency, 'is not a currency we take (ISO 4217 code, such as usd)')

const hasProto = (value: unknown): boolean =>
	typeof value === 'object' && value !== null && Object.hasOwn(value, '__proto__')

const Metadata = z
	.unknown()
	// zod would leave this key out without a word.
	.refine((value) => !hasProto(value), { message: 'is not a name that can be kept', path: ['__proto__'] })
	.pipe(z.record(text(40), text(500)))
	.refine((value) => Object.keys(value).length <= 50, 'has more than 50 keys')

/** The same card as other gateways know it, by gateway: charged only after a decline that proves nothing was. */
export const FallbackMethods = z
	.unknown()
	.refine((value) => !hasProto(value), { message: 'is not the name of a gateway', path: ['__proto__'] })
	.pipe(z.record(text(32).min(1), text(255).min(1)))
	.refine((value) => Object.keys(value).length <= 10, 'names more than 10 gateways')

/** Body of POST /api/v1/payments. */
export const CreatePayment = z
	.strictObject({
		amount: AmountMinor,
		currency: Currency,
		/** A gateway's id of a payment method, such as `pm_card_visa` in the sandbox. */
		payment_method: text(255).min(1).optional(),
		fallback_payment_methods: FallbackMethods.optional(),
		confirm: z.boolean().default(false),
		capture_method: z.enum(['automatic', 'manual']).default('automatic'),
		description: text(500).nullish(),
		receipt_email: z.email().max(254).nullish(),
		metadata: Metadata.default({}),
		/** Address of the payer, when known: screening compares its country with the card's. */
		client_ip: z.union([z.ipv4(), z.ipv6()]).nullish(),
	})
	.refine((body) => !body.confirm || body.payment_method !== undefined, {
		message: 'is needed when confirm is true',
		path: ['payment_method'],
	})
	.refine((body) => body.fallback_payment_methods === undefined || body.payment_method !== undefined, {
		message: 'is needed beside fallback_payment_methods',
		path: ['payment_method'],
	})
	.refine((body) => !isCurrency(body.currency) || BigInt(body.amount) % cardStepOf(body.currency) === 0n, {
		message: 'cannot be paid by card: card networks take no third decimal, so the last digit must be 0',
		path: ['amount'],
	})
export type CreatePayment = z.infer<typeof CreatePayment>

/** Body of POST …/confirm. */
export const ConfirmPayment = z.strictObject({ payment_method: text(255).min(1).optional() })

/** Body of POST …/capture; without an amount the whole authorization is captured. */
export const CapturePayment = z.strictObject({ amount_to_capture: AmountMinor.optional() })

/** Body of POST …/cancel and …/approve. */
export const NoParameters = z.strictObject({})

/** Body of POST …/reject; the reason is kept in the audit record. */
export const RejectPayment = z.strictObject({ reason: text(500).min(1).optional() })

/** Body of POST …/refund; without an amount everything that is left goes back. */
export const CreateRefund = z.strictObject({
	amount: AmountMinor.optional(),
	reason: z.enum(REFUND_REASONS).optional(),
})

/** Body of POST …/refunds/bulk. A payment nobody has is told in its row. */
export const BulkRefunds = z.strictObject({
	refunds: z
		.array(
			z.strictObject({
				payment: text(64),
				amount: AmountMinor.optional(),
				reason: z.enum(REFUND_REASONS).optional(),
			}),
		)
		.min(1)
		.max(100),
})
export type BulkRefunds = z.infer<typeof BulkRefunds>

/** A place in a list is the id of one of its members: another text would silently mean another place. */
export const page = <Id extends z.ZodType<string>>(id: Id) => ({
	limit: z
		.string()
		.regex(/^\d{1,3}$/, 'is not a whole number')
		.transform((digits) => Number.parseInt(digits, 10))
		.pipe(z.int().min(1).max(100))
		.default(10),
	starting_after: id.optional(),
	ending_before: id.optional(),
})

/** Query of GET /api/v1/payments. */
export const ListPayments = z.strictObject({
	...page(PaymentId),
	status: z.enum(PAYMENT_STATES).optional(),
	currency: Currency.optional(),
})
export type ListPayments = z.infer<typeof ListPayments>

/** Query of GET /api/v1/refunds. */
export const ListRefunds = z.strictObject({
	...page(RefundId),
	status: z.enum(REFUND_STATES).optional(),
	payment: text(64).optional(),
})
export type ListRefunds = z.infer<typeof ListRefunds>

/** Query of GET /api/v1/events. */
export const ListEvents = z.strictObject({
	...page(EventId),
	type: text(64).optional(),
	payment: text(64).optional(),
})
export type ListEvents = z.infer<typeof ListEvents>

const DifferenceId = z.string().regex(/^dif_[0-7][0-9a-hjkmnp-tv-z]{25}$/)

/** Query of GET /api/v1/reconciliation/differences. */
export const ListDifferences = z.strictObject({
	...page(DifferenceId),
	state: z.enum(['open', 'closed']).optional(),
	class: z.enum(DIFFERENCE_CLASSES).optional(),
})
export type ListDifferences = z.infer<typeof ListDifferences>
