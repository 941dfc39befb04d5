import { expect, test } from 'vitest'
import type { MethodTerms } from './method-terms.ts'
import { refuseLimits } from './refuse-limits.ts'

const TERMS: MethodTerms = {
	type: 'card',
	limits: { usd: { minMinor: 50n, maxMinor: 99_999_999n }, eur: { minMinor: 50n, maxMinor: null } },
	countries: null,
	canHold: true,
	settlesLater: false,
	redirects: false,
}

test.each([
	['usd', 50n, 99_999_999n],
	['usd', null, 5_000n],
	['usd', 5_000n, 5_000n],
	['eur', 5_000n, 999_999_999_999n],
	['usd', null, null],
])('%s from %s to %s can be set', (currency, minMinor, maxMinor) => {
	expect(refuseLimits(TERMS, currency, { minMinor, maxMinor })).toBeNull()
})

test.each([
	['jpy', null, 5_000n, 'currency', 'Card cannot be paid in JPY.'],
	['constructor', null, 5_000n, 'currency', 'Card cannot be paid in CONSTRUCTOR.'],
	['usd', 49n, null, 'min', 'The gateway takes no less than 0.50 USD.'],
	['usd', 100_000_000n, null, 'min', 'The gateway takes no more than 999999.99 USD.'],
	['usd', null, 49n, 'max', 'The gateway takes no less than 0.50 USD.'],
	['usd', null, 100_000_000n, 'max', 'The gateway takes no more than 999999.99 USD.'],
	['usd', 501n, 500n, 'max', 'The largest amount is below the smallest.'],
])('%s from %s to %s: %s', (currency, minMinor, maxMinor, param, message) => {
	expect(refuseLimits(TERMS, currency, { minMinor, maxMinor })).toEqual({ param, message })
})
