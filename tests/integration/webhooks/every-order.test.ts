import { afterAll, beforeAll, expect, test } from 'vitest'
import type { GatewayOutcome } from '#app/domain/payments/ports.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { balancesOf, onlyAttempt, paymentOf, screened, takePayment } from '../payments/by-hand.ts'
import { apply, deliver, messageAbout, permutations, TYPES } from './messages.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

const ORDERS = permutations(TYPES)
const AT_ONCE = 20
const AMOUNT = 1_999

/** The payer answers the challenge on the bank's page. */
async function answerChallenge(outcome: GatewayOutcome): Promise<void> {
	if (outcome.kind !== 'action_needed' || !outcome.url) return
	const answer = await fetch(outcome.url, {
		method: 'POST',
		body: new URLSearchParams({ outcome: 'complete' }),
	})
	expect(answer.status).toBe(200)
}

/** Five messages in the given order, and the charge's own answer after `answerAfter` of them. */
async function live(order: readonly string[], card: string, answerAfter: number): Promise<string> {
	const id = await takePayment(house, { payment_method: card })
	const charge = await screened(house, id)
	const outcome = await house.services.gateways.of('stripe').payments.charge(charge)
	await answerChallenge(outcome)
	const ref = 'ref' in outcome ? outcome.ref : null
	if (!ref) throw new Error(`the gateway did not charge: ${outcome.kind}`)
	const settle = () =>
		house.services.settleLane.push({
			attemptId: charge.attemptId,
			outcome,
			cause: { kind: 'job', ref: 'charge' },
			job: null,
		})
	if (answerAfter === 0) await settle()
	for (const [index, type] of order.entries()) {
		const message = messageAbout(type, ref, charge.attemptId)
		expect((await deliver(house, message)).status).toBe(200)
		await apply(house, message)
		if (answerAfter === index + 1) await settle()
	}
	return id
}

async function inTurns<T>(work: readonly (() => Promise<T>)[]): Promise<T[]> {
	const results: T[] = []
	for (let from = 0; from < work.length; from += AT_ONCE) {
		results.push(...(await Promise.all(work.slice(from, from + AT_ONCE).map((run) => run()))))
	}
	return results
}

async function expectOneCaptureEach(ids: readonly string[]) {
	for (const id of ids) {
		expect(await paymentOf(house, id)).toMatchObject({ status: 'succeeded', captured_minor: BigInt(AMOUNT) })
		expect(await onlyAttempt(house, id)).toMatchObject({ status: 'succeeded' })
	}
	const postings = await house.services.db
		.selectFrom('ledger_transactions')
		.select(['source_id', 'kind'])
		.where('source_id', 'in', ids)
		.execute()
	expect(postings.map(({ source_id }) => source_id).sort()).toEqual([...ids].sort())
	expect(postings.every(({ kind }) => kind === 'capture')).toBe(true)
}

test('there are 120 orders of five messages', () => {
	expect(new Set(ORDERS.map(String)).size).toBe(120)
})

test.each([
	['pm_card_visa', 'before every message', 0],
	['pm_card_visa', 'after every message', 5],
	['pm_card_threeDSecure2Required', 'before every message', 0],
	['pm_card_threeDSecure2Required', 'in the middle, already out of date', 3],
])(
	'all 120 orders end alike with %s and the answer of the charge %s',
	async (card, _when, answerAfter) => {
		const before = await balancesOf(house)
		const ids = await inTurns(ORDERS.map((order) => () => live(order, card, answerAfter)))
		await expectOneCaptureEach(ids)
		const after = await balancesOf(house)
		const owed = (after['merchant_balance'] ?? 0n) - (before['merchant_balance'] ?? 0n)
		expect(owed).toBe(BigInt(-AMOUNT * ids.length))
		expect(Object.values(after).reduce((sum, balance) => sum + balance, 0n)).toBe(0n)
	},
	60_000,
)

test('all messages at the same moment, each of them twice, capture once', async () => {
	const id = await takePayment(house)
	const charge = await screened(house, id)
	const outcome = await house.services.gateways.of('stripe').payments.charge(charge)
	const ref = 'ref' in outcome ? outcome.ref : null
	const messages = TYPES.map((type) => messageAbout(type, String(ref), charge.attemptId))
	const answers = await Promise.all([...messages, ...messages].map((message) => deliver(house, message)))
	const duplicates = answers.filter(({ body }) => body['duplicate'] === true)
	expect(duplicates).toHaveLength(messages.length)
	await Promise.all([
		...[...messages, ...messages].map((message) => apply(house, message)),
		house.services.settleLane.push({
			attemptId: charge.attemptId,
			outcome,
			cause: { kind: 'job', ref: 'charge' },
			job: null,
		}),
	])
	await expectOneCaptureEach([id])
})
