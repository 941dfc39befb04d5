import { isCurrency } from '../money/currency.ts'
import { toDecimal } from '../money/money.ts'

/** `missing`: in our books and not in the gateway's. `extra`: the other way round. */
export const DIFFERENCE_CLASSES = ['missing', 'extra', 'amount', 'currency', 'status', 'duplicate'] as const
export type DifferenceClass = (typeof DIFFERENCE_CLASSES)[number]

export const DIFFERENCE_KINDS = ['charge', 'authorization', 'refund', 'movement', 'payout'] as const
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number]

/** What one of the two books says; null where it says nothing. */
export type Side = {
	readonly minor: bigint | null
	readonly currency: string | null
	readonly status: string | null
}

export const NOTHING: Side = { minor: null, currency: null, status: null }

/** One place where the two books differ. */
export type Finding = {
	readonly class: DifferenceClass
	readonly kind: DifferenceKind
	/** The gateway's name of it. */
	readonly ref: string | null
	/** Our payment, refund, dispute or payout. */
	readonly subjectId: string | null
	readonly paymentId: string | null
	/** Null when nobody here knows the object. */
	readonly merchantId: string | null
	/** What the gateway's account lines about it name as their source. */
	readonly sourceRef: string | null
	readonly ours: Side
	readonly theirs: Side
	/** What does not match, as money, never negative. */
	readonly gapMinor: bigint
	readonly currency: string
	/** One sentence for a person: what each side says and what to do. */
	readonly detail: string
	/** What the attention list calls it: our own object where the two are tied together, the gateway's otherwise. */
	readonly attentionSubject: string
}

export const distance = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a)

/** `20.99 EUR`, also for the currencies of which we do not know how many decimals they have. */
export const inWords = (minor: bigint, currency: string): string =>
	isCurrency(currency)
		? `${toDecimal({ minor, currency })} ${currency.toUpperCase()}`
		: `${minor} ${currency.toUpperCase()} (smallest units)`
