export type FeatureUnit =
	'US dollars' | 'payments' | 'ratio' | 'standard deviations' | 'seconds' | 'days' | 'share' | 'yes or no'

/**
 * Where a feature looks:
 * - `payment`: at the payment itself, `s`;
 * - `payer`: at `p`, sums by age over the card's earlier payments, at most 60 days and MOST_LOOKED_BACK of them;
 * - `merchant`: at `m`, sums by age over payments old enough for their outcome to be known.
 */
export type FeatureSource = 'payment' | 'payer' | 'merchant'

/** One number a model and rules may know of a payment, as of the moment it was screened. */
export type Feature = {
	readonly name: string
	readonly unit: FeatureUnit
	/** Stands for unknown, in training and scoring alike, so that unknown is never read as harmless. */
	readonly none: number
	readonly from: FeatureSource
	/** An expression of `s`, or an aggregate over `p` or `m`; null is unknown. */
	readonly sql: string
	/** Why it speaks for fraud, in words. */
	readonly reason: (value: number) => string
}

export const DAY_HOURS = 24

/** `1 payment`, `4 payments`. */
export const counted = (value: number, one: string): string => `${value} ${value === 1 ? one : `${one}s`}`

export const daysWords = (days: number): string => (days === 1 ? '24 hours' : `${days} days`)

/** Whole percent. */
export const percent = (share: number): string => `${Math.round(share * 100)} %`

/** One decimal. */
export const rounded = (value: number): string => String(Math.round(value * 10) / 10)
