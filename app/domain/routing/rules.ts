import { z } from 'zod'
import { METHOD_TYPES, type MethodType } from '../methods/method-terms.ts'
import { isCurrency } from '../money/currency.ts'

const GatewayName = z.string().regex(/^[a-z][a-z0-9_]{0,31}$/, 'is not the name of a gateway')
const Country = z.string().regex(/^[A-Z]{2}$/, 'is not a country code of two capital letters, such as DE')
const Currency = z.string().refine(isCurrency, 'is not a currency we take (ISO 4217 code, such as usd)')
/** 12 digits, as the amount of a payment. */
const Minor = z.int().min(0).max(999_999_999_999)

const areDifferent = (values: readonly string[]): boolean => new Set(values).size === values.length

/** Empty lists and a missing amount ask for nothing. What nobody knows of a payment meets no condition. */
const RuleConditions = z.strictObject({
	currencies: z.array(Currency).max(60).default([]),
	/** In minor units; a payment in another currency does not meet it. */
	amount: z
		.strictObject({ currency: Currency, min: Minor.nullable(), max: Minor.nullable() })
		.refine(({ min, max }) => min !== null || max !== null, 'needs a smallest or a largest amount')
		.refine(({ min, max }) => min === null || max === null || min <= max, {
			message: 'is below the smallest amount',
			path: ['max'],
		})
		.nullable()
		.default(null),
	payer_countries: z.array(Country).max(60).default([]),
	card_countries: z.array(Country).max(60).default([]),
	method_types: z.array(z.enum(METHOD_TYPES)).max(METHOD_TYPES.length).default([]),
})

const RuleChoice = z.discriminatedUnion('kind', [
	z.strictObject({
		kind: z.literal('order'),
		gateways: z.array(GatewayName).min(1).max(10).refine(areDifferent, 'names a gateway twice'),
	}),
	z.strictObject({
		kind: z.literal('split'),
		shares: z
			.array(z.strictObject({ gateway: GatewayName, percent: z.int().min(1).max(99) }))
			.min(2)
			.max(10)
			.refine((shares) => areDifferent(shares.map(({ gateway }) => gateway)), 'names a gateway twice')
			.refine(
				(shares) => shares.reduce((sum, { percent }) => sum + percent, 0) === 100,
				'must add up to 100 percent',
			),
	}),
])

export const RoutingRule = z.strictObject({
	id: z.string().regex(/^rule_[a-z0-9]{4,40}$/, 'is not the id of a rule, such as rule_big1'),
	name: z.string().trim().min(1).max(80),
	when: RuleConditions,
	then: RuleChoice,
})
export type RoutingRule = z.output<typeof RoutingRule>

/** Read from the top: the first rule that fits and has a gateway for the payment decides. */
export const RoutingRules = z
	.array(RoutingRule)
	.max(50)
	.refine((rules) => areDifferent(rules.map(({ id }) => id)), 'has two rules of the same id')

/** What rules can ask of a payment; null = nobody knows. */
export type RoutingFacts = {
	readonly currency: string
	readonly amountMinor: bigint
	readonly payerCountry: string | null
	readonly cardCountry: string | null
	readonly methodType: MethodType | null
}

const isAmong = (list: readonly string[], value: string | null): boolean =>
	list.length === 0 || (value !== null && list.includes(value))

export function meetsConditions({ when }: RoutingRule, facts: RoutingFacts): boolean {
	const { amount } = when
	if (amount) {
		if (amount.currency !== facts.currency) return false
		if (amount.min !== null && facts.amountMinor < BigInt(amount.min)) return false
		if (amount.max !== null && facts.amountMinor > BigInt(amount.max)) return false
	}
	return (
		isAmong(when.currencies, facts.currency) &&
		isAmong(when.payer_countries, facts.payerCountry) &&
		isAmong(when.card_countries, facts.cardCountry) &&
		isAmong(when.method_types, facts.methodType)
	)
}

/** Gateways a rule may send to, the preferred first. */
export const gatewaysOf = ({ then }: RoutingRule): string[] =>
	then.kind === 'order'
		? then.gateways
		: then.shares.toSorted((a, b) => b.percent - a.percent).map(({ gateway }) => gateway)
