import fc from 'fast-check'
import { expect, test } from 'vitest'
import { currencies } from '../money/currency.ts'
import { conversionBackJournal, conversionJournal, conversionUndoneJournal } from './conversion.ts'
import { balanced, captureJournal, currenciesOf, refundReserveJournal, type Journal } from './journal.ts'

const SOURCE = { merchantId: 'mer_1', gateway: 'stripe', sourceType: 'payment', sourceId: 'pay_1' } as const

/** Balances of several journals, `account currency` by `account currency`; what is zero is left out. */
function balances(journals: readonly Journal[]): Record<string, bigint> {
	const totals: Record<string, bigint> = {}
	for (const { account, currency, amountMinor } of journals.flatMap(({ lines }) => lines)) {
		const name = `${account} ${currency}`
		totals[name] = (totals[name] ?? 0n) + amountMinor
	}
	return Object.fromEntries(Object.entries(totals).filter(([, total]) => total !== 0n))
}

const amount = fc.bigInt({ min: 1n, max: 10n ** 12n })
const two = fc
	.uniqueArray(fc.constantFrom(...currencies()), { minLength: 2, maxLength: 2 })
	.map(([from = '', to = '']) => ({ from, to }))
const sides = fc
	.record({ pair: two, charged: amount, credited: amount })
	.map(({ pair, charged, credited }) => ({
		presentment: { minor: charged, currency: pair.from },
		settlement: { minor: credited, currency: pair.to },
	}))
const result = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n })

test('each currency of a conversion balances by itself, and no line is zero', () => {
	fc.assert(
		fc.property(sides, result, (both, resultMinor) => {
			const journals = [
				conversionJournal(SOURCE, both),
				conversionBackJournal(SOURCE, both, resultMinor),
				conversionUndoneJournal(SOURCE, both, resultMinor),
			]
			for (const { lines } of journals) {
				for (const own of Map.groupBy(lines, ({ currency }) => currency).values()) {
					expect(own.reduce((sum, line) => sum + line.amountMinor, 0n)).toBe(0n)
				}
				expect(lines.some(({ amountMinor }) => amountMinor === 0n)).toBe(false)
				expect(lines.length).toBeGreaterThanOrEqual(4)
			}
		}),
	)
})

test('a quoted capture leaves the merchant with the quoted amount and nothing in the payer’s currency', () => {
	fc.assert(
		fc.property(sides, (both) => {
			const { presentment, settlement } = both
			const subject = { ...SOURCE, currency: presentment.currency, amountMinor: presentment.minor }
			expect(balances([captureJournal(subject, 0n), conversionJournal(SOURCE, both)])).toEqual({
				[`gateway_clearing ${presentment.currency}`]: presentment.minor,
				[`fx_clearing ${presentment.currency}`]: -presentment.minor,
				[`fx_clearing ${settlement.currency}`]: settlement.minor,
				[`merchant_balance ${settlement.currency}`]: -settlement.minor,
			})
		}),
	)
})

test('what goes back costs the merchant what it brought; the change of rates is booked apart', () => {
	const both = {
		presentment: { minor: 2_329n, currency: 'usd' },
		settlement: { minor: 1_999n, currency: 'eur' },
	}
	const reserve = refundReserveJournal({ ...SOURCE, currency: 'usd', amountMinor: 2_329n })
	const back = conversionBackJournal(SOURCE, both, 41n)
	expect(balances([conversionJournal(SOURCE, both), reserve, back])).toEqual({
		'refunds usd': -2_329n,
		'merchant_balance usd': 2_329n,
		'fx_clearing eur': -41n,
		'fx_result eur': 41n,
	})
	expect(currenciesOf(back)).toBe('eur/usd')
})

test('undone is exactly the other way round', () => {
	fc.assert(
		fc.property(sides, result, (both, resultMinor) => {
			const pair = [
				conversionBackJournal(SOURCE, both, resultMinor),
				conversionUndoneJournal(SOURCE, both, resultMinor),
			]
			expect(balances(pair)).toEqual({})
		}),
	)
})

test('a journal whose currencies only balance together is refused', () => {
	const mixed: Journal = {
		...SOURCE,
		kind: 'conversion',
		lines: [
			{ account: 'merchant_balance', amountMinor: 5n, currency: 'usd' },
			{ account: 'fx_clearing', amountMinor: -5n, currency: 'eur' },
		],
	}
	expect(() => balanced(mixed)).toThrow(RangeError)
})
