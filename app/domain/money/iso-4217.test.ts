import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CreatePayment } from '../../contracts/payment-requests.ts'
import { captureJournal, refundReleaseJournal, refundReserveJournal } from '../ledger/journal.ts'
import { cardStepOf, currencies, exponentOf, isCurrency } from './currency.ts'
import { jsonAmount } from './json-amount.ts'
import { fromDecimal, toDecimal } from './money.ts'

const RUNS = process.env['CHAOS_NIGHTLY'] === '1' ? 1_000_000 : 10_000

/** Every ISO 4217 code this Node knows, and what we make of it. */
const KNOWN = Intl.supportedValuesOf('currency').map((code) => code.toLowerCase())
const TAKEN = KNOWN.filter(isCurrency)

/** ISO 4217, list one: everything else has two digits. */
const NO_DIGITS = 'bif clp djf gnf isk jpy kmf krw pyg rwf ugx uyi vnd vuv xaf xof xpf'
const THREE_DIGITS = 'bhd iqd jod kwd lyd omr tnd'
const FOUR_DIGITS = 'clf uyw'
const inList = (list: string, code: string) => list.split(' ').includes(code)

describe('which currencies there are', () => {
	test('we take what ISO 4217 lists today; the others are retired, no money, or do not count in tens', () => {
		const retired = ['ang', 'cuc', 'hrk', 'sll', 'zwl']
		const noMoney = ['xdr', 'xsu']
		const inFifths = ['mga', 'mru']
		expect(KNOWN.filter((code) => !isCurrency(code))).toEqual([...retired, ...noMoney, ...inFifths].sort())
		expect(TAKEN.length).toBeGreaterThan(150)
	})

	test.each(currencies())('%s has the digits ISO 4217 gives it', (code) => {
		const digits = inList(NO_DIGITS, code)
			? 0
			: inList(THREE_DIGITS, code)
				? 3
				: inList(FOUR_DIGITS, code)
					? 4
					: 2
		expect(exponentOf(code)).toBe(digits)
	})
})

const MOST = 999_999_999_999n
const currency = fc.constantFrom(...currencies())
const minor = fc.bigInt({ min: 1n, max: MOST })

describe('every currency, there and back', () => {
	test(`as decimal text, ${RUNS} times`, () => {
		fc.assert(
			fc.property(currency, minor, (code, amount) => {
				const text = toDecimal({ minor: amount, currency: code })
				expect(fromDecimal(text, code)).toEqual({ minor: amount, currency: code })
				expect(toDecimal({ minor: -amount, currency: code })).toBe(`-${text}`)
			}),
			{ numRuns: RUNS },
		)
	})

	test.each(currencies())('%s: the least and the greatest amount', (code) => {
		const step = cardStepOf(code)
		for (const amount of [step, MOST - (MOST % step)]) {
			const text = toDecimal({ minor: amount, currency: code })
			expect(fromDecimal(text, code)?.minor).toBe(amount)
			expect(BigInt(jsonAmount(amount))).toBe(amount)
			expect(BigInt(JSON.parse(JSON.stringify(jsonAmount(amount))) as number)).toBe(amount)
			const request = { amount: jsonAmount(amount), currency: code.toUpperCase() }
			expect(CreatePayment.parse(request)).toMatchObject({ amount: request.amount, currency: code })
		}
	})

	test('one unit more or less is another text: no two amounts look alike', () => {
		fc.assert(
			fc.property(currency, minor, (code, amount) => {
				const here = toDecimal({ minor: amount, currency: code })
				expect(toDecimal({ minor: amount + 1n, currency: code })).not.toBe(here)
				expect(here.replace('.', '').replace(/^0+(?=\d)/, '')).toBe(amount.toString())
			}),
			{ numRuns: 1_000 },
		)
	})
})

describe('what card networks cannot carry is refused, not rounded', () => {
	const refusal = (amount: number, code: string) => {
		const parsed = CreatePayment.safeParse({ amount, currency: code })
		return parsed.success ? null : parsed.error.issues[0]?.path.join('.')
	}

	test.each(THREE_DIGITS.split(' '))('a third decimal of %s', (code) => {
		for (const amount of [1, 5_124, 12_345, 999_999_999_999]) expect(refusal(amount, code)).toBe('amount')
		for (const amount of [10, 5_120, 999_999_999_990]) expect(refusal(amount, code)).toBeNull()
	})

	test.each(['jpy', 'isk', 'ugx', 'huf', 'twd', 'usd'])('every single unit of %s can be paid', (code) => {
		for (const amount of [1, 7, 12_345]) expect(refusal(amount, code)).toBeNull()
	})
})

test('however an amount is taken apart in the ledger, its parts add up to it', () => {
	const parts = fc.bigInt({ min: 0n, max: MOST }).chain((amount) =>
		fc.record({
			amount: fc.constant(amount + 1n),
			fee: fc.bigInt({ min: 0n, max: amount + 1n }),
			currency,
			wasPaid: fc.boolean(),
		}),
	)
	fc.assert(
		fc.property(parts, ({ amount: amountMinor, fee, currency: code, wasPaid }) => {
			const subject = {
				merchantId: 'mer_1',
				gateway: 'stripe',
				sourceId: 'pay_1',
				currency: code,
				amountMinor,
			}
			for (const { lines } of [
				captureJournal(subject, fee),
				refundReserveJournal(subject),
				refundReleaseJournal(subject, wasPaid),
			]) {
				expect(lines.reduce((sum, line) => sum + line.amountMinor, 0n)).toBe(0n)
				expect(lines.every((line) => line.amountMinor !== 0n)).toBe(true)
			}
		}),
		{ numRuns: 2_000 },
	)
})
