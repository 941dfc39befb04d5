import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cardStepOf, currencies, exponentOf } from '../money/currency.ts'
import { convert } from './convert.ts'
import { QUOTE_LIFE_MS, quotableIn, quoteTerms } from './quote.ts'
import { ONE, rateText, readRate } from './rate.ts'
import { ageInDays, crossRate, isStale, mayQuote, rateTable } from './rate-table.ts'
import { roundHalfEven, roundHalfUp, roundUp } from './rounding.ts'
import { NOTHING_TAKEN, resultOfRateChange, shareOf, shareToTakeBack } from './share.ts'

const NOW = new Date('2026-11-21T12:00:00Z')
const rate = (text: string) => {
	const read = readRate(text)
	if (read === null) throw new Error(`${text} is no rate`)
	return read
}
const published = (rates: Record<string, string>, asOf = '2026-11-20') =>
	rateTable({
		asOf,
		source: 'ecb',
		fetchedAt: NOW,
		rates: Object.entries(rates).map(([code, text]) => [code, rate(text)] as const),
	})

const anyRate = fc.bigInt({ min: 10n ** 12n, max: 10n ** 24n })
const currency = fc.constantFrom(...currencies())
const amount = fc.bigInt({ min: 1n, max: 10n ** 12n })

describe('a rate', () => {
	test.each(['1.1476', '0.86503', '19395.07', '1', '0.000000000000000001'])('%s is read exactly', (text) => {
		expect(rateText(rate(text))).toBe(text)
	})

	test('zeros at its end are not written', () => {
		expect(rateText(rate('144.20'))).toBe('144.2')
	})

	test.each([
		'',
		'0',
		'0.0',
		'-1',
		'1,1476',
		'1e3',
		'NaN',
		'.5',
		'5.',
		'+1',
		' 1',
		'1\n',
		'0x1',
		'1234567890',
		'٥',
	])('%o is none', (text) => {
		expect(readRate(text)).toBeNull()
	})

	test('goes there and back as text', () => {
		fc.assert(
			fc.property(anyRate, (any) => {
				expect(readRate(rateText(any))).toBe(any)
			}),
		)
	})
})

describe('rounding', () => {
	test.each([
		[5n, 2n, 3n, 3n, 2n],
		[7n, 2n, 4n, 4n, 4n],
		[4n, 2n, 2n, 2n, 2n],
		[1n, 3n, 1n, 0n, 0n],
		[2n, 3n, 1n, 1n, 1n],
		[0n, 3n, 0n, 0n, 0n],
	])('%i / %i: up %i, half up %i, half even %i', (n, d, up, halfUp, halfEven) => {
		expect([roundUp(n, d), roundHalfUp(n, d), roundHalfEven(n, d)]).toEqual([up, halfUp, halfEven])
	})

	test('is never further than half from the truth, and up never below it', () => {
		const denominator = fc.bigInt({ min: 1n, max: 10n ** 20n })
		fc.assert(
			fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), denominator, (n, d) => {
				for (const round of [roundHalfUp, roundHalfEven]) {
					const off = 2n * (round(n, d) * d - n)
					expect(off <= d && -off <= d).toBe(true)
				}
				const above = roundUp(n, d) * d - n
				expect(above >= 0n && above < d).toBe(true)
			}),
		)
	})
})

describe('a conversion', () => {
	test.each([
		['usd', 10_000n, 'jpy', '159.33', 15_933n],
		['jpy', 15_933n, 'usd', '0.006276', 10_000n],
		['usd', 10_000n, 'kwd', '0.307', 30_700n],
		['clf', 10_000n, 'usd', '41.5', 4_150n],
		['jpy', 1n, 'clf', '0.00001', 0n],
	])('%s %i is in %s at %s: %i', (from, minor, to, text, expected) => {
		expect(convert({ minor, currency: from }, to, rate(text), roundHalfEven).minor).toBe(expected)
	})

	test('at a rate of one only the digits change, in every pair of currencies', () => {
		fc.assert(
			fc.property(currency, currency, amount, (from, to, minor) => {
				const there = convert({ minor, currency: from }, to, ONE, roundHalfEven)
				if (exponentOf(to) >= exponentOf(from)) {
					expect(convert(there, from, ONE, roundHalfEven)).toEqual({ minor, currency: from })
				} else {
					const scale = 10n ** BigInt(exponentOf(from) - exponentOf(to))
					expect(there.minor).toBe(roundHalfEven(minor, scale))
				}
			}),
		)
	})
})

describe('published rates', () => {
	const table = published({ usd: '1.1476', jpy: '182.85', gbp: '0.86503' })

	test('give every pair over the euro', () => {
		expect(crossRate(table, 'eur', 'usd')).toBe(rate('1.1476'))
		expect(rateText(crossRate(table, 'usd', 'eur') ?? 0n)).toBe('0.871383757406761938')
		expect(rateText(crossRate(table, 'usd', 'jpy') ?? 0n)).toBe('159.332520041826420356')
		expect(crossRate(table, 'eur', 'xof')).toBeNull()
		expect(crossRate(table, 'xof', 'eur')).toBeNull()
	})

	test('offer the others, never the order’s own', () => {
		expect(quotableIn('eur', table)).toEqual(['gbp', 'jpy', 'usd'])
		expect(quotableIn('gbp', table)).toEqual(['eur', 'jpy', 'usd'])
		expect(quotableIn('xof', table)).toEqual([])
	})

	test.each([
		['2026-11-21', 0, false, true],
		['2026-11-17', 4, false, true],
		['2026-11-16', 5, true, true],
		['2026-11-11', 10, true, true],
		['2026-11-10', 11, true, false],
		['2026-11-22', 0, false, true],
	])('of %s are %i days old: stale %s, quoted by %s', (asOf, days, stale, quoted) => {
		const aged = { asOf, source: 'ecb' as const }
		expect(ageInDays(aged, NOW)).toBe(days)
		expect(isStale(aged, NOW)).toBe(stale)
		expect(mayQuote(aged, { now: NOW, livemode: false })).toBe(quoted)
		expect(mayQuote(aged, { now: NOW, livemode: true })).toBe(quoted)
	})

	test('the shipped ones are for trying out at any age, and never for real money once they are old', () => {
		const shipped = { asOf: '2026-03-13', source: 'ecb_snapshot' as const }
		expect(mayQuote(shipped, { now: NOW, livemode: false })).toBe(true)
		expect(mayQuote(shipped, { now: NOW, livemode: true })).toBe(false)
		expect(isStale(shipped, NOW)).toBe(true)
	})
})

describe('a quote', () => {
	const table = published({ usd: '1.1476', jpy: '182.85', kwd: '0.35219' })
	const quoted = (minor: bigint, to: string, spreadBps = 150) =>
		quoteTerms({ minor, currency: 'eur' }, to, { table, spreadBps, now: NOW })

	test('charges the published rate and the spread, rounded up', () => {
		const terms = quoted(1_999n, 'usd')
		// 19.99 × 1.1476 × 1.015 = 23.2846…
		expect(terms).toMatchObject({
			settlement: { minor: 1_999n, currency: 'eur' },
			presentment: { minor: 2_329n, currency: 'usd' },
			spreadBps: 150,
			asOf: '2026-11-20',
			expiresAt: new Date(NOW.getTime() + QUOTE_LIFE_MS),
		})
		expect(rateText(terms?.rate ?? 0n)).toBe('1.164814')
		expect(rateText(terms?.midRate ?? 0n)).toBe('1.1476')
	})

	test('in yen has no decimals, and in dinar ends on what a card can carry', () => {
		expect(quoted(1_999n, 'jpy', 0)?.presentment.minor).toBe(3_656n)
		expect(quoted(1_999n, 'kwd', 0)?.presentment.minor).toBe(7_050n)
	})

	test('without a rate, or beyond what a payment may be, there is none', () => {
		expect(quoted(1_999n, 'xof')).toBeNull()
		expect(quoted(999_999_999_999n, 'usd')).toBeNull()
	})

	test('covers what it credits, and takes less than one card step too much', () => {
		const spread = fc.integer({ min: 0, max: 1_000 })
		fc.assert(
			fc.property(currency, currency, amount, anyRate, spread, (from, to, minor, any, spreadBps) => {
				fc.pre(from !== to && from !== 'eur' && to !== 'eur')
				const rates = rateTable({
					asOf: '2026-11-20',
					source: 'ecb',
					fetchedAt: NOW,
					rates: [
						[from, ONE],
						[to, any],
					],
				})
				const terms = quoteTerms({ minor, currency: from }, to, { table: rates, spreadBps, now: NOW })
				if (!terms) return
				const { presentment, rate: charged } = terms
				expect(presentment.minor % cardStepOf(to)).toBe(0n)
				const scale = ONE * 10n ** BigInt(exponentOf(from))
				const exact = minor * charged * 10n ** BigInt(exponentOf(to))
				const over = presentment.minor * scale - exact
				expect(over >= 0n).toBe(true)
				expect(over < (cardStepOf(to) + 1n) * scale).toBe(true)
				expect(charged >= terms.midRate).toBe(true)
			}),
		)
	})
})

describe('parts that go back', () => {
	const conversion = fc.record({ presentmentMinor: amount, settlementMinor: amount })
	const shares = fc.array(fc.nat({ max: 1_000 }), { minLength: 1, maxLength: 12 })

	/** Cuts the whole into parts of at least one minor unit, as refunds do. */
	const parts = (whole: bigint, weights: readonly number[]): bigint[] => {
		const cut: bigint[] = []
		let left = whole
		for (const weight of weights) {
			const part = (whole * BigInt(weight)) / 3_000n
			if (part === 0n || part >= left) continue
			cut.push(part)
			left -= part
		}
		return [...cut, left]
	}

	test('never lose or make a minor unit, however a payment is cut', () => {
		fc.assert(
			fc.property(conversion, shares, (whole, weights) => {
				let taken = NOTHING_TAKEN
				for (const part of parts(whole.presentmentMinor, weights)) {
					const share = shareToTakeBack(whole, taken, part)
					expect(share >= 0n).toBe(true)
					taken = {
						presentmentMinor: taken.presentmentMinor + part,
						settlementMinor: taken.settlementMinor + share,
					}
				}
				expect(taken).toEqual(whole)
			}),
		)
	})

	test('also when any of them fail and are made again in other pieces', () => {
		const steps = fc.array(fc.record({ weight: fc.nat({ max: 2_000 }), fails: fc.boolean() }), {
			maxLength: 20,
		})
		fc.assert(
			fc.property(conversion, steps, (whole, plan) => {
				const live: { part: bigint; share: bigint }[] = []
				const taken = () =>
					live.reduce(
						(sum, { part, share }) => ({
							presentmentMinor: sum.presentmentMinor + part,
							settlementMinor: sum.settlementMinor + share,
						}),
						NOTHING_TAKEN,
					)
				for (const { weight, fails } of plan) {
					if (fails && live.length > 0) {
						live.splice(weight % live.length, 1)
						continue
					}
					const part = (whole.presentmentMinor * BigInt(weight)) / 4_000n
					if (part === 0n || taken().presentmentMinor + part > whole.presentmentMinor) continue
					const share = shareToTakeBack(whole, taken(), part)
					expect(share >= 0n).toBe(true)
					live.push({ part, share })
					expect(taken().settlementMinor <= whole.settlementMinor).toBe(true)
				}
				const before = taken()
				const rest = whole.presentmentMinor - before.presentmentMinor
				const last = rest === 0n ? 0n : shareToTakeBack(whole, before, rest)
				expect(before.settlementMinor + last).toBe(whole.settlementMinor)
			}),
		)
	})

	test('more than was charged, as a dispute after a refund, is shared by itself', () => {
		const whole = { presentmentMinor: 1_000n, settlementMinor: 900n }
		expect(shareToTakeBack(whole, { presentmentMinor: 500n, settlementMinor: 450n }, 1_000n)).toBe(900n)
	})

	test('all of it is all of it', () => {
		fc.assert(
			fc.property(conversion, (whole) => {
				expect(shareOf(whole, whole.presentmentMinor)).toBe(whole.settlementMinor)
				expect(shareOf(whole, 0n)).toBe(0n)
			}),
		)
	})
})

describe('what a refund costs when rates have moved', () => {
	test.each([
		['1.1', '1.1', 0n],
		// A dollar has become dearer: 1,100 of them cost 1,100 euro instead of 1,000.
		['1.1', '1', 100n],
		['1.1', '1.2', -83n],
	])('1,000.00 at %s then and %s today: %i', (then, today, result) => {
		expect(resultOfRateChange(1_000n, rate(then), rate(today))).toBe(result)
	})

	test('the same rate costs nothing, and there and back is no more than a rounding', () => {
		fc.assert(
			fc.property(amount, anyRate, anyRate, (share, then, today) => {
				expect(resultOfRateChange(share, then, then)).toBe(0n)
				const cost = share + resultOfRateChange(share, then, today)
				expect(cost >= 0n).toBe(true)
				const off = 2n * (cost * today - share * then)
				expect(off <= today && -off <= today).toBe(true)
			}),
		)
	})
})
