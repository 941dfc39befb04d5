import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from '#tests/support/house.ts'
import { times } from '#tests/support/sizes.ts'
import { violations } from '../ledger/invariants.ts'
import { chargesOf, paymentOf } from '../payments/by-hand.ts'
import { many, openPair, rounds, type Pair } from './two-instances.ts'

let pair: Pair
beforeAll(async () => {
	pair = await openPair()
})
afterAll(() => pair.close())

const PATH = '/api/v1/payments'
const HELD = { amount: 2_000, currency: 'eur', payment_method: 'pm_card_visa', confirm: true }
const STARTS = {
	requires_capture: { ...HELD, capture_method: 'manual' },
	in_review: { ...HELD, currency: 'usd', amount: 600_000, payment_method: 'pm_card_mastercard' },
} as const

async function start(status: keyof typeof STARTS): Promise<string> {
	const answer = await pair.houses[0].call('POST', PATH, STARTS[status], { prefer: 'wait=15' })
	expect(answer.body).toMatchObject({ status })
	return String(answer.body['id'])
}

const END = { capture: 'succeeded', approve: 'succeeded', cancel: 'canceled', reject: 'failed' } as const
type Operation = keyof typeof END

/** An approval is a capture by another name; what a payment may become is decided once. */
const isCapture = (operation: string) => operation === 'capture' || operation === 'approve'

async function settledEnd(id: string): Promise<string> {
	await expect
		.poll(async () => (await paymentOf(pair.houses[0], id)).terminal_at, { timeout: 15_000, interval: 20 })
		.toBeInstanceOf(Date)
	return (await paymentOf(pair.houses[0], id)).status
}

type Asked = { operation: string; answer: Answer }

async function race(id: string, operations: readonly string[]): Promise<Asked[]> {
	const asked = many((index) => operations[index % operations.length] ?? '')
	// Neighbours go to different instances, so that each instance is asked for everything.
	const turned = asked.map((_, index) => asked[(index * 5) % asked.length] ?? '')
	const answers = await pair.rush(turned.map((operation) => ({ path: `${PATH}/${id}/${operation}` })))
	return turned.map((operation, index) => ({ operation, answer: answers[index] as Answer }))
}

/** Those that were let through all asked for the same; everybody else was told of a conflict. */
function expectOneWinner(asked: readonly Asked[]): Operation {
	const operations = asked.filter(({ operation }) => operation !== 'refund')
	const accepted = operations.filter(({ answer }) => answer.status === 200)
	expect(accepted.length).toBeGreaterThan(0)
	const winners = new Set(
		accepted.map(({ operation }) => (isCapture(operation) ? 'capture' : (operation as Operation))),
	)
	expect(winners.size).toBe(1)
	for (const { operation, answer } of asked) {
		if (answer.status < 300) continue
		expect([operation, answer.status, answer.text]).toEqual([operation, 409, expect.any(String)])
	}
	return [...winners][0] as Operation
}

const CASES = {
	requires_capture: ['capture', 'cancel', 'refund'],
	in_review: ['approve', 'reject', 'cancel', 'capture', 'refund'],
} as const

describe.each(['requires_capture', 'in_review'] as const)('C4: a payment that is %s', (status) => {
	test.each(rounds(times(4, 80)))('round %i: 64 decisions at once are one', async () => {
		const id = await start(status)
		const asked = await race(id, CASES[status])
		const winner = expectOneWinner(asked)
		expect(await settledEnd(id)).toBe(END[winner])

		const { amount } = STARTS[status]
		const isPaid = END[winner] === 'succeeded'
		const payment = await paymentOf(pair.houses[0], id)
		expect(payment.captured_minor).toBe(isPaid ? BigInt(amount) : 0n)
		const refunds = asked.filter(({ operation, answer }) => operation === 'refund' && answer.status === 201)
		// A refund may follow the capture in the same rush, and then there is one: it takes everything.
		expect(refunds.length).toBeLessThanOrEqual(isPaid ? 1 : 0)
		expect(payment.refund_reserved_minor).toBe(refunds.length === 1 ? BigInt(amount) : 0n)
		expect(await chargesOf(pair.houses[0], id)).toMatchObject([{ amount, captured: isPaid }])
	})
})

test.each(rounds(times(2, 40)))(
	'C4, round %i: captures of different amounts take the amount of one',
	async () => {
		const id = await start('requires_capture')
		const amounts = many((index) => 1_000 + index)
		const answers = await pair.rush(
			amounts.map((amount) => ({ path: `${PATH}/${id}/capture`, body: { amount_to_capture: amount } })),
		)
		const taken = amounts.filter((_, index) => answers[index]?.status === 200)
		expect(taken).toHaveLength(1)
		expect(await settledEnd(id)).toBe('succeeded')
		expect(await paymentOf(pair.houses[0], id)).toMatchObject({ captured_minor: BigInt(taken[0] ?? 0) })
	},
)

test('afterwards no promise is broken', async () => {
	const { db } = pair.houses[0].services
	const open = () => db.selectFrom('refunds').select('id').where('status', '=', 'pending').execute()
	await expect.poll(open, { timeout: 15_000 }).toEqual([])
	expect(await violations(db)).toEqual([])
})
