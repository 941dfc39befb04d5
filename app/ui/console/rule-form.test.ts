import { describe, expect, test } from 'vitest'
import type { RoutingRule } from '#app/domain/routing/rules.ts'
import { newRuleForm, rulesFrom, sumOfShares, toForm } from './rule-form.ts'

const RULE: RoutingRule = {
	id: 'rule_abcd',
	name: 'Large euro payments',
	when: {
		currencies: ['eur', 'chf'],
		amount: { currency: 'eur', min: 10_050, max: null },
		payer_countries: ['DE'],
		card_countries: [],
		method_types: ['card'],
	},
	then: {
		kind: 'split',
		shares: [
			{ gateway: 'stripe', percent: 70 },
			{ gateway: 'paypal', percent: 30 },
		],
	},
}

test('a rule survives being edited and left as it was', () => {
	expect(rulesFrom([toForm(RULE)])).toEqual([RULE])
	const ordered: RoutingRule = { ...RULE, then: { kind: 'order', gateways: ['paypal', 'stripe'] } }
	expect(rulesFrom([toForm(ordered)])).toEqual([ordered])
})

test('people type lists and codes as they like', () => {
	const form = { ...toForm(RULE), currencies: 'eur;USD  gbp', payerCountries: 'de, at' }
	expect(rulesFrom([form])).toMatchObject([
		{ when: { currencies: ['eur', 'usd', 'gbp'], payer_countries: ['DE', 'AT'] } },
	])
})

describe('what is wrong is named with its rule', () => {
	test.each([
		[{ name: ' ' }, 'The name must not be empty.'],
		[{ currencies: 'euro' }, 'A currency is not a currency we take (ISO 4217 code, such as usd).'],
		[{ min: '12.345' }, 'EUR has 2 decimals. Enter no more than that.'],
		[{ amountCurrency: '' }, 'Enter the currency of the amount, such as EUR.'],
		[{ chosen: [] }, 'The shares must not be empty.'],
		[
			{
				chosen: [
					{ gateway: 'stripe', percent: '70' },
					{ gateway: 'paypal', percent: '20' },
				],
			},
			'The shares must add up to 100 percent.',
		],
	])('%j', (fields, message) => {
		const good = toForm({ ...RULE, id: 'rule_good' })
		expect(rulesFrom([good, { ...toForm(RULE), ...fields }])).toContainEqual({ rule: 1, message })
	})
})

test('shares are added up while they are typed', () => {
	const form = toForm(RULE)
	expect(sumOfShares(form)).toBe(100)
	expect(sumOfShares({ ...form, chosen: [{ gateway: 'stripe', percent: 'x' }] })).toBe(0)
})

test('a new rule has an id of its own and every gateway', () => {
	const form = newRuleForm(['stripe', 'paypal'], ['rule_abcd'])
	expect(rulesFrom([{ ...form, name: 'New' }])).toMatchObject([
		{ then: { kind: 'order', gateways: ['stripe', 'paypal'] } },
	])
})
