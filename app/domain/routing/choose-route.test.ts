import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { GatewayHealth } from './breaker.ts'
import { chooseRoute, type RouteQuestion } from './choose-route.ts'
import { RoutingRules, type RoutingFacts, type RoutingRule } from './rules.ts'
import { shareOf } from './share-of.ts'

const NOW = new Date('2026-11-21T12:00:00Z')
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000)

const FACTS: RoutingFacts = {
	currency: 'eur',
	amountMinor: 5_000n,
	payerCountry: 'DE',
	cardCountry: 'FR',
	methodType: 'card',
}

const rule = (fields: Partial<Record<'id' | 'name' | 'when' | 'then', unknown>> = {}): RoutingRule =>
	RoutingRules.parse([
		{
			id: 'rule_test',
			name: 'A rule',
			when: {},
			then: { kind: 'order', gateways: ['paypal', 'stripe'] },
			...fields,
		},
	])[0] as RoutingRule

const ask = (question: Partial<RouteQuestion> = {}) =>
	chooseRoute({
		ruleSet: null,
		facts: FACTS,
		able: ['stripe', 'paypal'],
		unable: [],
		health: new Map(),
		share: 0.5,
		now: NOW,
		...question,
	})

const ill = (lastStart: Date | null): GatewayHealth => ({ attempts: 20, technical: 10, lastStart })

describe('rules', () => {
	test('without rules the usual order holds', () => {
		expect(ask()).toEqual({
			rule: null,
			order: ['stripe', 'paypal'],
			skipped: [],
			health: 'well',
			after: null,
		})
	})

	test('the first rule that fits decides, and says so', () => {
		const rules = [
			rule({ id: 'rule_gbp1', name: 'Pounds', when: { currencies: ['gbp'] } }),
			rule({ id: 'rule_euro', name: 'Euro', when: { currencies: ['eur'] } }),
			rule({ id: 'rule_rest', then: { kind: 'order', gateways: ['stripe'] } }),
		]
		expect(ask({ ruleSet: { version: 4, rules } })).toMatchObject({
			rule: { id: 'rule_euro', name: 'Euro', version: 4 },
			order: ['paypal', 'stripe'],
		})
	})

	test.each<[string, object, boolean]>([
		['no condition', {}, true],
		['its currency', { currencies: ['usd', 'eur'] }, true],
		['another currency', { currencies: ['usd'] }, false],
		['exactly the smallest amount', { amount: { currency: 'eur', min: 5_000, max: null } }, true],
		['exactly the largest amount', { amount: { currency: 'eur', min: null, max: 5_000 } }, true],
		['below the smallest', { amount: { currency: 'eur', min: 5_001, max: null } }, false],
		['above the largest', { amount: { currency: 'eur', min: null, max: 4_999 } }, false],
		['an amount in another currency', { amount: { currency: 'usd', min: 1, max: null } }, false],
		['its payer', { payer_countries: ['DE'] }, true],
		['another payer', { payer_countries: ['FR'] }, false],
		['its card', { card_countries: ['FR'] }, true],
		['another method', { method_types: ['sepa_debit'] }, false],
	])('asking for %s', (_, when, fits) => {
		const route = ask({ ruleSet: { version: 1, rules: [rule({ when })] } })
		expect(route.rule !== null).toBe(fits)
	})

	test('what nobody knows meets no condition', () => {
		const rules = [rule({ when: { card_countries: ['FR'] } })]
		expect(ask({ ruleSet: { version: 1, rules }, facts: { ...FACTS, cardCountry: null } }).rule).toBeNull()
	})

	test('a rule whose gateways cannot charge the payment is passed over', () => {
		const rules = [rule({ then: { kind: 'order', gateways: ['adyen'] } }), rule({ id: 'rule_next' })]
		expect(ask({ ruleSet: { version: 1, rules } }).rule?.id).toBe('rule_next')
	})

	test('a gateway the rule does not name is not asked, and the route says so', () => {
		const rules = [rule({ then: { kind: 'order', gateways: ['paypal'] } })]
		expect(ask({ ruleSet: { version: 1, rules } })).toMatchObject({
			order: ['paypal'],
			skipped: [{ gateway: 'stripe', why: 'not_in_rule' }],
		})
	})
})

describe('health', () => {
	test('an ill gateway is passed over, and asked once in ten seconds', () => {
		const health = (seconds: number) => new Map([['stripe', ill(ago(seconds))]])
		expect(ask({ health: health(9) })).toMatchObject({
			order: ['paypal'],
			skipped: [{ gateway: 'stripe', why: 'breaker_open' }],
			health: 'well',
		})
		expect(ask({ health: health(10) })).toMatchObject({ order: ['stripe', 'paypal'], health: 'probe' })
	})

	test('when every gateway is ill the first is asked all the same', () => {
		const health = new Map([
			['stripe', ill(ago(1))],
			['paypal', ill(ago(1))],
		])
		expect(ask({ health })).toMatchObject({ order: ['stripe', 'paypal'], health: 'all_open', skipped: [] })
	})

	test.each([
		[{ attempts: 9, technical: 9 }, 'too few tries to judge by'],
		[{ attempts: 20, technical: 9 }, 'less than half'],
	])('%j leaves it in use: %s', (counts) => {
		const health = new Map([['stripe', { ...counts, lastStart: ago(1) }]])
		expect(ask({ health }).order[0]).toBe('stripe')
	})

	test('an ill gateway in second place is no fallback, not even as a probe', () => {
		expect(ask({ health: new Map([['paypal', ill(null)]]) }).order).toEqual(['stripe'])
	})
})

const split = (...percents: number[]): RoutingRule =>
	rule({
		then: {
			kind: 'split',
			shares: percents.map((percent, index) => ({ gateway: `gateway_${index}`, percent })),
		},
	})

describe('splits', () => {
	test('the same payment always goes the same way', () => {
		fc.assert(
			fc.property(fc.string(), fc.integer({ min: 1, max: 99 }), (id, percent) => {
				const question = {
					ruleSet: { version: 1, rules: [split(percent, 100 - percent)] },
					able: ['gateway_0', 'gateway_1'],
					share: shareOf(id),
				}
				expect(ask(question)).toEqual(ask(question))
			}),
		)
	})

	test('many payments are split as the rule says', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 99 }), fc.string({ minLength: 3 }), (percent, salt) => {
				const ruleSet = { version: 1, rules: [split(percent, 100 - percent)] }
				const all = 4_000
				let first = 0
				for (let index = 0; index < all; index++) {
					const share = shareOf(`pay_${salt}${index}`)
					if (ask({ ruleSet, able: ['gateway_0', 'gateway_1'], share }).order[0] === 'gateway_0') first++
				}
				// Five standard deviations.
				const tolerance = 5 * Math.sqrt(all * (percent / 100) * (1 - percent / 100))
				expect(Math.abs(first - (all * percent) / 100)).toBeLessThan(tolerance + 1)
			}),
			{ numRuns: 30 },
		)
	})

	test('shares of the gateways that are left keep their proportions', () => {
		const ruleSet = { version: 1, rules: [split(50, 30, 20)] }
		const able = ['gateway_1', 'gateway_2']
		expect(ask({ ruleSet, able, share: 0.59 }).order).toEqual(['gateway_1', 'gateway_2'])
		expect(ask({ ruleSet, able, share: 0.61 }).order).toEqual(['gateway_2', 'gateway_1'])
	})
})

describe('what is no rule', () => {
	test.each<[string, object]>([
		[
			'shares that are not 100 in all',
			{
				then: {
					kind: 'split',
					shares: [
						{ gateway: 'a', percent: 50 },
						{ gateway: 'b', percent: 49 },
					],
				},
			},
		],
		['the same gateway twice', { then: { kind: 'order', gateways: ['a', 'a'] } }],
		['no gateway', { then: { kind: 'order', gateways: [] } }],
		['a largest amount below the smallest', { when: { amount: { currency: 'eur', min: 2, max: 1 } } }],
		['a currency nobody has', { when: { currencies: ['abc'] } }],
		['a country in small letters', { when: { payer_countries: ['de'] } }],
	])('%s', (_, fields) => {
		expect(() => rule(fields)).toThrow()
	})

	test('two rules of one id', () => {
		expect(RoutingRules.safeParse([rule(), rule()]).success).toBe(false)
	})
})

test('a route asks each gateway at most once, and only those that can charge', () => {
	const names = ['stripe', 'paypal', 'adyen', 'other']
	const health = fc.record({
		attempts: fc.nat(40),
		technical: fc.nat(40),
		lastStart: fc.constantFrom(null, ago(3)),
	})
	fc.assert(
		fc.property(
			fc.shuffledSubarray(names, { minLength: 1 }),
			fc.shuffledSubarray(names, { minLength: 1 }),
			fc.dictionary(fc.constantFrom(...names), health),
			fc.double({ min: 0, max: 0.999, noNaN: true }),
			(able, listed, healths, share) => {
				const { order } = ask({
					ruleSet: { version: 1, rules: [rule({ then: { kind: 'order', gateways: listed } })] },
					able,
					health: new Map(Object.entries(healths)),
					share,
				})
				expect(order.length).toBeGreaterThan(0)
				expect(new Set(order).size).toBe(order.length)
				expect(order.every((gateway) => able.includes(gateway))).toBe(true)
			},
		),
	)
})
