export const METHOD_TYPES = [
	'card',
	'apple_pay',
	'google_pay',
	'link',
	'us_bank_account',
	'sepa_debit',
	'paypal',
] as const

export type MethodType = (typeof METHOD_TYPES)[number]

/** The method a text is the bare name of; null for ids and tokens, which only their gateway can tell apart. */
export const namedMethod = (text: string): MethodType | null =>
	METHOD_TYPES.find((type) => type === text) ?? null

/** Smallest and largest amount of one payment, in minor units; null = no limit of the gateway's. */
export type AmountLimits = { readonly minMinor: bigint; readonly maxMinor: bigint | null }

/** On what terms a gateway takes one method. */
export type MethodTerms = {
	readonly type: MethodType
	/** By lowercase currency; one that is not listed is not taken. */
	readonly limits: Readonly<Record<string, AmountLimits>>
	/** Payers' countries, ISO 3166 alpha-2; null = everywhere. */
	readonly countries: readonly string[] | null
	/** Whether money can be held first and taken later. */
	readonly canHold: boolean
	/** Whether the outcome comes days after the payer has gone. */
	readonly settlesLater: boolean
	/** Whether the payer leaves the page to approve. */
	readonly redirects: boolean
}
