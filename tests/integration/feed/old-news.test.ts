import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { toFeedItems, type FeedItem } from '#app/feed/live-feed.server.ts'
import { createWaits } from '#app/feed/waits.server.ts'
import { sendDisputeAnswer } from '#jobs/catalog/disputes.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { eventsAfter } from '#db/queries/events.ts'
import { disputedPayment } from '../disputes/cases.ts'
import { runNow } from '../payments/by-hand.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false, sandbox: { SANDBOX_CLOCK_FACTOR: '1' } })
})
afterAll(() => house.close())

async function newsOf(paymentId: string): Promise<FeedItem[]> {
	const rows = await eventsAfter(house.services.db, { xid: 0n, seq: 0n }, 1_000)
	return toFeedItems(
		house.services,
		rows.filter((row) => row.payment_id === paymentId),
	)
}

test('news from before a wait do not end it', async () => {
	const { db } = house.services
	const { paymentId, dispute } = await disputedPayment(house, 'pm_card_createDispute')
	const { body } = await house.call('POST', `/api/v1/disputes/${dispute.id}/accept`, {})
	expect(body['pending_operation']).toBe('accept')

	let tell: (item: FeedItem) => void = () => expect.unreachable('nobody listens')
	const feed = {
		...house.services.feed,
		subscribe: (_scope: unknown, listener: typeof tell) => {
			tell = listener
			return () => undefined
		},
	}
	let isOver = false
	const waiting = createWaits({ db, feed })
		.waitForDispute(paymentId, dispute.id, 30)
		.finally(() => (isOver = true))
	// The feed reads up to the oldest transaction still open, and other tests on the same server have some.
	const past = await vi.waitFor(async () => {
		const news = await newsOf(paymentId)
		expect(news.map(({ type }) => type)).toContain('dispute.created')
		return news
	}, 30_000)
	past.forEach(tell)
	// Whatever those news started has looked at the database by the time a later reader of it has.
	for (let reads = 0; reads < 20; reads += 1) await newsOf(paymentId)
	expect(isOver).toBe(false)

	expect(await runNow(house, sendDisputeAnswer)).toBe(1)
	await vi.waitFor(async () => {
		for (const item of await newsOf(paymentId)) tell(item)
		expect(isOver).toBe(true)
	}, 30_000)
	expect(await waiting).toMatchObject({ status: 'lost', pending_operation: null })
})
