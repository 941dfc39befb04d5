import fc from 'fast-check'
import { expect, test } from 'vitest'
import { currencies } from '../../domain/money/currency.ts'
import { fromWire, toWire } from './wire-amount.server.ts'

test.each([
	['isk', 5n, 500],
	['ugx', 5n, 500],
	['jpy', 500n, 500],
	// Without a smaller unit for payouts only: they are charged in hundredths like any other.
	['huf', 1_045n, 1_045],
	['twd', 1_045n, 1_045],
	['usd', 1_999n, 1_999],
	['kwd', 5_120n, 5_120],
])('in %s, %i of our minor units are sent as %i', (currency, minor, wire) => {
	expect(toWire(minor, currency)).toBe(wire)
	expect(fromWire(wire, currency)).toBe(minor)
})

test('every amount in every currency comes back from the wire as it was sent', () => {
	const amount = fc.bigInt({ min: 0n, max: 999_999_999_999n })
	fc.assert(
		fc.property(fc.constantFrom(...currencies()), amount, (currency, minor) => {
			expect(fromWire(toWire(minor, currency), currency)).toBe(minor)
		}),
		{ numRuns: 2_000 },
	)
})

test.each([
	['isk', 450],
	['ugx', 1],
	['usd', 19.99],
	['usd', Number.NaN],
	['usd', 2 ** 53],
])('%s %d of the wire is no amount of ours', (currency, wire) => {
	expect(fromWire(wire, currency)).toBeNull()
})
