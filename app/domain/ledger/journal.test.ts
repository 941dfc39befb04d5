import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
	captureJournal,
	refundJournal,
	refundReleaseJournal,
	refundReserveJournal,
	type Journal,
} from './journal.ts'

const subject = (amountMinor: bigint) => ({
	merchantId: 'mer_1',
	sourceId: 'pay_1',
	currency: 'usd',
	amountMinor,
})
const sum = ({ lines }: Journal) => lines.reduce((total, line) => total + line.amountMinor, 0n)
const byAccount = ({ lines }: Journal) =>
	Object.fromEntries(lines.map(({ account, amountMinor }) => [account, amountMinor]))

const amount = fc.bigInt({ min: 1n, max: 10n ** 15n })
const fee = fc.bigInt({ min: -(10n ** 6n), max: 10n ** 15n })

test('every journal sums to zero, has two lines or more and none of zero', () => {
	fc.assert(
		fc.property(amount, fee, fc.boolean(), (minor, feeMinor, wasPaid) => {
			const journals = [
				captureJournal(subject(minor), feeMinor),
				refundReserveJournal(subject(minor)),
				refundJournal(subject(minor)),
				refundReleaseJournal(subject(minor), wasPaid),
			]
			for (const journal of journals) {
				expect(sum(journal), journal.kind).toBe(0n)
				expect(journal.lines.length, journal.kind).toBeGreaterThanOrEqual(2)
				expect(
					journal.lines.some((line) => line.amountMinor === 0n),
					journal.kind,
				).toBe(false)
			}
		}),
	)
})

/** Balances after several journals, account by account; accounts at zero are left out. */
function balances(journals: readonly Journal[]) {
	const totals: Record<string, bigint> = {}
	for (const { account, amountMinor } of journals.flatMap(({ lines }) => lines)) {
		totals[account] = (totals[account] ?? 0n) + amountMinor
	}
	return Object.fromEntries(Object.entries(totals).filter(([, total]) => total !== 0n))
}

test('a capture owes the merchant the whole amount and books the fee apart', () => {
	expect(byAccount(captureJournal(subject(1_000n), 59n))).toEqual({
		gateway_clearing: 941n,
		fees: 59n,
		merchant_balance: -1_000n,
	})
	expect(byAccount(captureJournal(subject(1_000n), 0n))).toEqual({
		gateway_clearing: 1_000n,
		merchant_balance: -1_000n,
	})
})

test('a refund that is paid leaves nothing reserved and takes the money from both sides', () => {
	fc.assert(
		fc.property(amount, (minor) => {
			const paid = [refundReserveJournal(subject(minor)), refundJournal(subject(minor))]
			expect(balances(paid)).toEqual({ merchant_balance: minor, gateway_clearing: -minor })
		}),
	)
})

test('a refund that fails, before or after it was paid, leaves no trace in the balances', () => {
	fc.assert(
		fc.property(amount, (minor) => {
			const reserved = refundReserveJournal(subject(minor))
			const refused = [reserved, refundReleaseJournal(subject(minor), false)]
			const returned = [reserved, refundJournal(subject(minor)), refundReleaseJournal(subject(minor), true)]
			expect(balances(refused)).toEqual({})
			expect(balances(returned)).toEqual({})
		}),
	)
})
