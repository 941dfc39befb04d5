import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readOptions } from '#app/sandbox/options.ts'
import { openGateway, pay } from './gateway.ts'
import { openReceiver, SECRET } from './receiver.ts'

async function newFolder(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
	onTestFinished(() => rm(folder, { recursive: true }))
	return folder
}

test('the books survive a restart', async () => {
	const folder = await newFolder()
	const before = await openGateway({ folder })
	const params = { amount: 5_000, currency: 'usd', confirm: true, payment_method: 'pm_card_visa' } as const
	const key = { idempotencyKey: 'order-1' }
	const paid = await before.stripe.paymentIntents.create(params, key)
	const refund = await before.stripe.refunds.create({ payment_intent: paid.id, amount: 500 })
	const account = await before.control('GET', '/books')
	await before.close()

	const after = await openGateway({ folder })
	expect(await after.control('GET', '/books')).toEqual(account)
	expect(await after.stripe.refunds.retrieve(refund.id)).toEqual(refund)
	expect((await after.stripe.events.list()).data).toHaveLength(5)
	expect((await after.stripe.paymentIntents.create(params, key)).id).toBe(paid.id)
	expect(after.books.charges.size).toBe(1)
})

test('half a line at the end of the file costs nothing but itself', async () => {
	const folder = await newFolder()
	const before = await openGateway({ folder })
	await pay(before.stripe, 'pm_card_visa')
	await before.close()
	await appendFile(join(folder, 'books.jsonl'), '{"in":"charges","id":"ch_')

	const killed = await openGateway({ folder })
	await pay(killed.stripe, 'pm_card_visa')
	await killed.close()
	expect((await openGateway({ folder })).books.charges.size).toBe(2)
})

test('what was promised before a restart happens after it', async () => {
	const folder = await newFolder()
	const { received, url } = await openReceiver()
	const slow = { folder, clockFactor: 1, webhookSecret: SECRET, webhookEvents: ['charge.succeeded'] }
	const before = await openGateway({ ...slow, webhookUrl: 'http://127.0.0.1:1/' })
	await pay(before.stripe, 'pm_card_createDispute')
	await before.close()

	const after = await openGateway({ ...slow, webhookUrl: url })
	await expect.poll(() => received.map(({ event }) => event?.type)).toEqual(['charge.succeeded'])
	await after.control('POST', '/advance', { seconds: 601 })
	expect((await after.stripe.disputes.list()).data).toHaveLength(1)
})

test('the account of the gateway lists charges with fees, and refunds', async () => {
	const { control, stripe } = await openGateway()
	const { id } = await pay(stripe, 'pm_card_visa', { metadata: { order: '7' } })
	await stripe.refunds.create({ payment_intent: id, amount: 500 })
	expect(await control('GET', '/books')).toMatchObject({
		charges: [
			{
				payment_intent: id,
				status: 'succeeded',
				amount: 5_000,
				fee: 175,
				net: 4_825,
				metadata: { order: '7' },
			},
		],
		refunds: [{ payment_intent: id, amount: 500 }],
	})
	expect(await control('GET', '/health')).toEqual({ status: 'ok', payments: 1, webhooks_waiting: 0 })
})

test('in production the sandbox starts only when told to', () => {
	expect(() => readOptions({ NODE_ENV: 'production' })).toThrow('ALLOW_SANDBOX=1')
	expect(readOptions({ NODE_ENV: 'production', ALLOW_SANDBOX: '1' }).port).toBe(4010)
	expect(readOptions({ SANDBOX_PORT: '0' }).port).toBe(0)
	expect(() => readOptions({ SANDBOX_PORT: 'http' })).toThrow('SANDBOX_PORT must be a number')
})
