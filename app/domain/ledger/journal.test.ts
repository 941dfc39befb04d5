import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
	captureJournal,
	disputeLostJournal,
	disputeOpenJournal,
	disputeWonJournal,
	feeJournal,
	payoutJournal,
	refundJournal,
	refundReleaseJournal,
	refundReserveJournal,
	type Journal,
} from './journal.ts'

const subject = (amountMinor: bigint) => ({
	merchantId: 'mer_1',
	gateway: 'stripe',
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
				feeJournal(subject(minor)),
				payoutJournal(subject(minor)),
				refundReserveJournal(subject(minor)),
				refundJournal(subject(minor)),
				refundReleaseJournal(subject(minor), wasPaid),
				disputeOpenJournal(subject(minor), feeMinor),
				disputeWonJournal(subject(minor), feeMinor, wasPaid),
				disputeLostJournal(subject(minor)),
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

test('a fee named later takes the same way as one named at the capture', () => {
	const late = byAccount(feeJournal(subject(88n)))
	expect(late).toEqual({ fees: 88n, gateway_clearing: -88n })
	const together = byAccount(captureJournal(subject(2_000n), 88n))
	const apart = byAccount(captureJournal(subject(2_000n), 0n))
	expect((apart['gateway_clearing'] ?? 0n) + (late['gateway_clearing'] ?? 0n)).toBe(
		together['gateway_clearing'],
	)
})

test('a payout moves what the gateway held to the bank', () => {
	expect(byAccount(payoutJournal(subject(5_000n)))).toEqual({ bank: 5_000n, gateway_clearing: -5_000n })
})

const disputeFee = fc.bigInt({ min: 0n, max: 10n ** 9n })

test('an open dispute takes the amount from what the merchant can spend, and the fee from the clearing', () => {
	expect(byAccount(disputeOpenJournal(subject(2_000n), 1_500n))).toEqual({
		disputed_funds: 2_000n,
		fees: 1_500n,
		gateway_clearing: -3_500n,
		merchant_balance: 2_000n,
		dispute_reserve: -2_000n,
	})
})

test('a dispute that is won leaves the merchant everything but the fee that was kept', () => {
	fc.assert(
		fc.property(amount, disputeFee, fc.boolean(), fc.boolean(), (minor, fee, isFeeBack, wasLost) => {
			const opened = disputeOpenJournal(subject(minor), fee)
			const lost = wasLost ? [disputeLostJournal(subject(minor))] : []
			const won = disputeWonJournal(subject(minor), isFeeBack ? fee : 0n, wasLost)
			const kept = isFeeBack || fee === 0n ? {} : { fees: fee, gateway_clearing: -fee }
			expect(balances([opened, ...lost, won])).toEqual(kept)
		}),
	)
})

test('a dispute that is lost costs the merchant the amount and the fee, and leaves nothing held', () => {
	fc.assert(
		fc.property(amount, disputeFee, (minor, fee) => {
			const lost = [disputeOpenJournal(subject(minor), fee), disputeLostJournal(subject(minor))]
			expect(balances(lost)).toEqual({
				merchant_balance: minor,
				gateway_clearing: -(minor + fee),
				...(fee > 0n && { fees: fee }),
			})
		}),
	)
})
