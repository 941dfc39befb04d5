import { describe, expect, test } from 'vitest'
import { compileRule, RuleError, ruleEnvironment } from './compile-rule.server.ts'

const environment = ruleEnvironment({
	amount: 'int',
	currency: 'string',
	card_country: 'string',
	ip_country: 'string',
	payer_count_1h: 'double',
	risk_score: 'int',
	card_on_block_list: 'bool',
})
const compiled = (text: string) => compileRule(environment, text)

function refusalOf(text: string): RuleError {
	try {
		compiled(text)
	} catch (error) {
		if (error instanceof RuleError) return error
		throw error
	}
	throw new Error(`${text} was taken`)
}

const FACTS = { amount: 600_000n, currency: 'usd', payer_count_1h: 4, card_on_block_list: false }

test.each<[string, string]>([
	['currency == "usd" && amount > 500000', 'match'],
	['currency == "usd" && amount > 700000', 'no_match'],
	['payer_count_1h >= 3.0 || card_on_block_list', 'match'],
	['currency in ["usd", "eur"] && !card_on_block_list', 'match'],
	['currency.startsWith("u")', 'match'],
])('%s: %s', (text, outcome) => {
	expect(compiled(text)(FACTS)).toBe(outcome)
})

describe('what is unknown is no answer', () => {
	test.each([
		'ip_country != card_country',
		'risk_score > 65',
		'amount / 0 > 1',
		'amount * 9223372036854775807 > 1',
	])('%s', (text) => {
		expect(compiled(text)(FACTS)).toBe('unknown')
	})

	test('unless the rest decides alone', () => {
		expect(compiled('amount > 5 || ip_country == "US"')(FACTS)).toBe('match')
		expect(compiled('amount < 5 && ip_country == "US"')(FACTS)).toBe('no_match')
	})
})

describe('refused at saving', () => {
	test.each([
		['a pattern that never ends', 'currency.matches("^(a+)+$")'],
		['a loop', '[1, 2].all(x, [1, 2].all(y, x == y))'],
		['a loop that maps', '[1].map(x, x).size() > 0'],
		['a constructor', 'currency.constructor == "x"'],
		['a prototype', 'currency.__proto__ == currency'],
		['an index', '[1, 2][0] == 1'],
		['a map', '{"a": 1}.size() > 0'],
		['a misspelt name', 'amout > 5'],
		['a wrong type', 'amount > "5"'],
		['a number that is no answer', 'amount + 1'],
		['a sentence', 'block the bad ones'],
		['nothing', ''],
		['deep nesting', `${'('.repeat(5_000)}true${')'.repeat(5_000)}`],
		['deep nesting that fits', `${'!'.repeat(1_900)}card_on_block_list`],
		['a long list', `currency in [${'"usd",'.repeat(250)}"eur"]`],
		['a long text', `currency == "${'x'.repeat(3_000)}"`],
	])('%s', (_what, text) => {
		expect(refusalOf(text).message).not.toBe('')
	})

	test('with the place in the text', () => {
		expect(refusalOf('amount > 5 && amout < 9').at).toBe(14)
		expect(refusalOf('amount > 5 && currency.matches("a")').at).toBeGreaterThanOrEqual(14)
	})
})
