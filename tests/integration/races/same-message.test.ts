import { afterAll, beforeAll, expect, test } from 'vitest'
import { processPayment, sendRefund } from '#jobs/catalog/payments.ts'
import { applyWebhook } from '#jobs/catalog/webhooks.ts'
import { times } from '#tests/support/sizes.ts'
import { violations } from '../ledger/invariants.ts'
import {
	chargedPayment,
	chargesOf,
	onlyAttempt,
	paymentOf,
	runNow,
	screened,
	takePayment,
} from '../payments/by-hand.ts'
import { messageAbout, signed, type Message } from '../webhooks/messages.ts'
import { many, openPair, rounds, type Pair } from './two-instances.ts'

let pair: Pair
beforeAll(async () => {
	pair = await openPair({ worker: false })
})
afterAll(() => pair.close())

const COPIES = 100

async function deliverCopies({ body }: Message): Promise<void> {
	const headers = { 'stripe-signature': signed(body) }
	const answers = await Promise.all(
		many(
			(index) => pair.houses[index % 2 === 0 ? 0 : 1].call('POST', '/api/v1/webhooks/stripe', body, headers),
			COPIES,
		),
	)
	expect(answers.map(({ status }) => status)).toEqual(Array(COPIES).fill(200))
	expect(answers.filter((answer) => answer.body['duplicate'] === false)).toHaveLength(1)
}

/** Both instances work off the queue at the same moment; one of them finds the job. */
async function applyOnBoth(): Promise<void> {
	const found = await Promise.all(pair.houses.map((house) => runNow(house, applyWebhook)))
	expect(found.reduce((sum, count) => sum + count, 0)).toBe(1)
}

const postingsOf = (sourceId: string) =>
	pair.houses[0].services.db
		.selectFrom('ledger_transactions')
		.select('kind')
		.where('source_id', '=', sourceId)
		.orderBy('id')
		.execute()

const eventsOf = (paymentId: string, type: string) =>
	pair.houses[0].services.db
		.selectFrom('events')
		.select('id')
		.where('payment_id', '=', paymentId)
		.where('type', '=', type)
		.execute()

test.each(rounds(times(2, 40)))(
	'W1, round %i: 100 copies of the news of a charge have one effect',
	async () => {
		const [house] = pair.houses
		const id = await takePayment(house)
		const charge = await screened(house, id)
		const outcome = await house.services.gateways.of('stripe').payments.charge(charge)
		const ref = 'ref' in outcome ? String(outcome.ref) : ''
		await deliverCopies(messageAbout('payment_intent.succeeded', ref, charge.attemptId))
		// The job that charged is still there, and comes to the same result at the same time.
		await Promise.all([applyOnBoth(), runNow(house, processPayment)])
		expect(await paymentOf(house, id)).toMatchObject({ status: 'succeeded', captured_minor: 1_999n })
		expect(await chargesOf(house, id)).toHaveLength(1)
		expect(await postingsOf(id)).toEqual([{ kind: 'capture' }])
		expect(await eventsOf(id, 'payment.succeeded')).toHaveLength(1)
	},
)

test.each(rounds(times(2, 40)))(
	'W1, round %i: 100 copies of the news of a refund have one effect',
	async () => {
		const [house] = pair.houses
		const id = await chargedPayment(house)
		const { body } = await house.call('POST', `/api/v1/payments/${id}/refund`, { amount: 500 })
		const refundId = String(body['id'])
		const { provider_ref: paymentRef } = await onlyAttempt(house, id)
		const made = await house.services.gateways.of('stripe').payments.refund({
			refundId,
			paymentRef: String(paymentRef),
			amountMinor: 500n,
			currency: 'eur',
			reason: null,
		})
		const eventId = `evt_${refundId}`
		const object = {
			object: 'refund',
			id: 'ref' in made ? made.ref : null,
			metadata: { refund_id: refundId },
		}
		const message = { id: eventId, object: 'event', type: 'refund.created', data: { object } }
		await deliverCopies({ id: eventId, body: JSON.stringify(message) })
		await Promise.all([applyOnBoth(), runNow(house, sendRefund)])
		expect(await paymentOf(house, id)).toMatchObject({ refund_reserved_minor: 500n, refunded_minor: 500n })
		expect(await postingsOf(refundId)).toEqual([{ kind: 'refund_reserve' }, { kind: 'refund' }])
		expect(await eventsOf(id, 'refund.succeeded')).toHaveLength(1)
	},
)

test('afterwards no promise is broken', async () => {
	expect(await violations(pair.houses[0].services.db)).toEqual([])
})
