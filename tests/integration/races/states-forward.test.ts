import { afterAll, beforeAll, expect, test } from 'vitest'
import { NEXT_STATE, PAYMENT_STATES, type PaymentState } from '#app/domain/payments/payment-state.ts'
import { times } from '#tests/support/sizes.ts'
import { AT_ONCE, many, openPair, rounds, type Pair } from './two-instances.ts'

let pair: Pair
beforeAll(async () => {
	pair = await openPair({ sandbox: { SANDBOX_LATENCY_MS: '20' } })
})
afterAll(() => pair.close())

const PATH = '/api/v1/payments'
const CARD = { amount: 2_000, currency: 'eur', payment_method: 'pm_card_visa', confirm: true }

/** Every state that can follow, over any number of moves. */
function reachableFrom(start: PaymentState): ReadonlySet<string> {
	const reached = new Set<PaymentState>([start])
	for (const state of reached) for (const next of Object.values(NEXT_STATE[state])) reached.add(next)
	return reached
}
const LATER = new Map(PAYMENT_STATES.map((state) => [state, reachableFrom(state)]))

type Seen = { status: PaymentState; updated_ms: number; amount_captured: number; amount_refunded: number }

function expectForward(before: Seen, after: Seen): void {
	expect([before.status, LATER.get(before.status)?.has(after.status), after.status]).toEqual([
		before.status,
		true,
		after.status,
	])
	expect(after.updated_ms).toBeGreaterThanOrEqual(before.updated_ms)
	expect(after.amount_captured).toBeGreaterThanOrEqual(before.amount_captured)
	expect(after.amount_refunded).toBeGreaterThanOrEqual(before.amount_refunded)
	expect(after.amount_captured > 0).toBe(after.status === 'succeeded')
}

/** Reads a payment from both instances in turn until it has ended, and checks each look against the one before. */
async function watch(id: string, reader: number, isOver: (seen: Seen) => boolean): Promise<string[]> {
	const states: string[] = []
	let before: Seen | undefined
	for (let look = reader; ; look++) {
		const { status, body } = await pair.houses[look % 2 === 0 ? 0 : 1].call('GET', `${PATH}/${id}`)
		expect(status).toBe(200)
		const seen = body as unknown as Seen
		if (before) expectForward(before, seen)
		if (states.at(-1) !== seen.status) states.push(seen.status)
		if (isOver(seen)) return states
		before = seen
	}
}

const LIVES = [
	{ body: CARD, operation: null, end: 'succeeded' },
	{ body: { ...CARD, payment_method: 'pm_card_chargeDeclined' }, operation: null, end: 'failed' },
	{ body: { ...CARD, capture_method: 'manual' }, operation: 'capture', end: 'succeeded' },
	{ body: { ...CARD, capture_method: 'manual' }, operation: 'cancel', end: 'canceled' },
] as const

test.each(rounds(times(2, 40)))(
	'round %i: 64 readers of four payments only ever see them go forward',
	async () => {
		const [house] = pair.houses
		const stories = await Promise.all(
			LIVES.map(async ({ body, operation, end }) => {
				const id = String((await house.call('POST', PATH, body)).body['id'])
				const readers = many(
					(reader) => watch(id, reader, ({ status }) => status === end),
					AT_ONCE / LIVES.length,
				)
				if (operation) {
					const isHeld = async () => (await house.call('GET', `${PATH}/${id}`)).body['status']
					await expect.poll(isHeld, { timeout: 60_000, interval: 20 }).toBe('requires_capture')
					await house.call('POST', `${PATH}/${id}/${operation}`, {})
				}
				return Promise.all(readers)
			}),
		)
		expect(stories.map((readers) => readers.map((states) => states.at(-1)))).toEqual(
			LIVES.map(({ end }) => Array(AT_ONCE / LIVES.length).fill(end)),
		)
		// A storm that only ever sees the end has watched nothing; on a busy machine few see every step.
		expect(stories.flat().some((states) => states.length > 1)).toBe(true)
	},
	120_000,
)
