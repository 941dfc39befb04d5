import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchPayouts, type OpenBankLine, type OpenPayout } from './match-payouts.ts'

const line = (id: string, more: Partial<OpenBankLine> = {}): OpenBankLine => ({
	id,
	merchantId: 'mer_1',
	bookedOn: '2026-11-21',
	amountMinor: 10_000n,
	currency: 'eur',
	text: 'STRIPE PAYMENTS',
	...more,
})
const payout = (id: string, more: Partial<OpenPayout> = {}): OpenPayout => ({
	id,
	merchantId: 'mer_1',
	ref: `po_at_gateway_${id}`,
	amountMinor: 10_000n,
	currency: 'eur',
	arrivesOn: '2026-11-20',
	statementText: null,
	...more,
})

test('the only pair of amount, currency and day is a match', () => {
	expect(matchPayouts([line('l1')], [payout('p1')])).toEqual([{ lineId: 'l1', payoutId: 'p1' }])
})

test.each([
	['another amount', { amountMinor: 10_001n }],
	['another currency', { currency: 'usd' }],
	['money that left', { amountMinor: -10_000n }],
	['too early', { bookedOn: '2026-11-17' }],
	['too late', { bookedOn: '2026-11-26' }],
	['another merchant', { merchantId: 'mer_2' }],
])('%s is no match', (_, more) => {
	expect(matchPayouts([line('l1', more)], [payout('p1')])).toEqual([])
})

test.each(['2026-11-18', '2026-11-20', '2026-11-25'])('a bank that books on %s is believed', (bookedOn) => {
	expect(matchPayouts([line('l1', { bookedOn })], [payout('p1')])).toHaveLength(1)
})

test('two payouts of one amount are only told apart by name', () => {
	const payouts = [payout('p1'), payout('p2', { statementText: 'SHOP 0042' })]
	expect(matchPayouts([line('l1')], payouts)).toEqual([])
	expect(matchPayouts([line('l1', { text: 'Credit shop-0042 ref 9' })], payouts)).toEqual([
		{ lineId: 'l1', payoutId: 'p2' },
	])
	expect(
		matchPayouts(
			[line('l1', { text: 'payout PO_AT_GATEWAY_P1' }), line('l2', { text: 'SHOP 0042' })],
			payouts,
		),
	).toEqual([
		{ lineId: 'l1', payoutId: 'p1' },
		{ lineId: 'l2', payoutId: 'p2' },
	])
})

test('two lines for one payout stay open: a person sees which it is', () => {
	expect(matchPayouts([line('l1'), line('l2')], [payout('p1')])).toEqual([])
})

test('nothing is ever matched twice, and only exact amounts are', () => {
	const amount = fc.constantFrom(100n, 200n, 300n)
	const day = fc.constantFrom('2026-11-18', '2026-11-21', '2026-11-24')
	fc.assert(
		fc.property(
			fc.array(
				fc.record({
					amountMinor: amount,
					bookedOn: day,
					text: fc.constantFrom('a', 'SHOP', 'po_at_gateway_p1'),
				}),
			),
			fc.array(
				fc.record({ amountMinor: amount, arrivesOn: day, statementText: fc.constantFrom(null, 'SHOP') }),
			),
			(someLines, somePayouts) => {
				const lines = someLines.map((more, at) => line(`l${at}`, more))
				const payouts = somePayouts.map((more, at) => payout(`p${at}`, more))
				const matches = matchPayouts(lines, payouts)
				expect(new Set(matches.map(({ lineId }) => lineId)).size).toBe(matches.length)
				expect(new Set(matches.map(({ payoutId }) => payoutId)).size).toBe(matches.length)
				for (const { lineId, payoutId } of matches) {
					expect(lines.find(({ id }) => id === lineId)?.amountMinor).toBe(
						payouts.find(({ id }) => id === payoutId)?.amountMinor,
					)
				}
			},
		),
	)
})
