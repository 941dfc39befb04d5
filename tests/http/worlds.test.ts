import { randomUUID } from 'node:crypto'
import Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runReconciliation } from '#app/commands/reconciliation/run-reconciliation.server.ts'
import { createStripeGateway } from '#app/gateways/stripe/stripe.server.ts'
import { gatewaysOf } from '#app/gateways/gateways.server.ts'
import { openHouse, WEBHOOK_SECRET, type House } from '#tests/support/house.ts'
import { startSandboxProcess, type SandboxProcess } from '#tests/support/sandbox-process.ts'
import { openStream } from '../integration/feed/stream-reader.ts'
import { expectRefusal } from './refusal.ts'
import { LIVE_WEBHOOK_SECRET, openLiveWorld, type LiveWorld } from './worlds.ts'

const PATIENCE = { timeout: 60_000, interval: 100 }
const PATH = '/api/v1/payments'
const CARD = { amount: 2_400, currency: 'eur', payment_method: 'pm_card_visa', confirm: true }

/** Each world has a gateway account of its own, so that a charge made with the wrong keys shows. */
let bank: SandboxProcess
let house: House
let live: LiveWorld
beforeAll(async () => {
	bank = await startSandboxProcess({})
	house = await openHouse({
		liveGateways: ({ worlds }) =>
			gatewaysOf([
				createStripeGateway({
					...worlds.test.stripe,
					state: 'live',
					apiBase: bank.url,
					webhookSecrets: [LIVE_WEBHOOK_SECRET],
					livemode: true,
				}),
			]),
	})
	live = await openLiveWorld(house)
})
afterAll(async () => {
	await house.close()
	await bank.stop()
})

type Headers = Record<string, string>
const inTest: Headers = {}
const ask = (method: string, path: string, headers: Headers, body?: unknown) =>
	house.call(method, path, body, headers)

async function paid(headers: Headers): Promise<string> {
	const taken = await ask('POST', PATH, headers, CARD)
	expect(taken).toMatchObject({ status: 201 })
	const id = String(taken.body['id'])
	const status = async () => (await ask('GET', `${PATH}/${id}`, headers)).body['status']
	await expect.poll(status, PATIENCE).toBe('succeeded')
	return id
}

const idsIn = async (path: string, headers: Headers): Promise<unknown[]> =>
	((await ask('GET', path, headers)).body['data'] as { id: unknown }[]).map(({ id }) => id)

const chargesAt = async (gateway: SandboxProcess) =>
	(await gateway.books()).charges.map(({ metadata }) => metadata['payment_id'])

describe('a payment of one world', { timeout: 120_000 }, () => {
	test('is charged at that world’s gateway, says which it is, and is nowhere in the other', async () => {
		const [test, real] = [await paid(inTest), await paid(live.headers)]
		expect(await chargesAt(bank)).toEqual([real])
		expect(await chargesAt(house.sandbox)).toEqual([test])
		for (const [own, other, headers, livemode] of [
			[test, real, inTest, false],
			[real, test, live.headers, true],
		] as const) {
			expect((await ask('GET', `${PATH}/${own}`, headers)).body['livemode']).toBe(livemode)
			for (const list of [PATH, '/api/v1/events', '/api/v1/audit']) {
				const answer = await ask('GET', list, headers)
				expect(answer.status, list).toBe(200)
				expect(answer.text, list).toContain(own)
				expect(answer.text, list).not.toContain(other)
			}
			expect(await idsIn(PATH, headers)).not.toContain(other)
			for (const path of [`${PATH}/${other}`, `/api/v1/transactions/${other}/audit-logs`])
				expect((await ask('GET', path, headers)).status, path).toBe(404)
			for (const change of ['refund', 'cancel', 'capture', 'confirm'])
				expect((await ask('POST', `${PATH}/${other}/${change}`, headers, {})).status, change).toBe(404)
		}
	})

	test('is refunded there, and moves that world’s ledger alone', async () => {
		const balances = async (merchantId: string) =>
			house.owner
				.selectFrom('ledger_accounts')
				.select(['kind', 'balance_minor'])
				.where('merchant_id', '=', merchantId)
				.orderBy('kind')
				.execute()
		const id = await paid(live.headers)
		const before = await balances(house.demo.merchantId)
		const asked = await ask('POST', `${PATH}/${id}/refund`, live.headers, { amount: 400 })
		expect(asked.status).toBe(201)
		const refund = `/api/v1/refunds/${String(asked.body['id'])}`
		await expect
			.poll(async () => (await ask('GET', refund, live.headers)).body['status'], PATIENCE)
			.toBe('succeeded')
		expect((await ask('GET', refund, inTest)).status).toBe(404)
		expect((await bank.books()).refunds).toHaveLength(1)
		expect((await house.sandbox.books()).refunds).toEqual([])
		expect(await balances(house.demo.merchantId)).toEqual(before)
	})

	test('is heard of by those who listen in that world, and by nobody in the other', async () => {
		const [test, real] = [
			await openStream(house),
			await openStream(house, { authorization: live.headers.authorization }),
		]
		const ids = [await paid(inTest), await paid(live.headers)]
		const heard = (reader: typeof test) => reader.changes().map(({ data }) => data.id)
		await expect.poll(() => heard(real), PATIENCE).toContain(ids[1])
		await expect.poll(() => heard(test), PATIENCE).toContain(ids[0])
		expect(heard(real)).not.toContain(ids[0])
		expect(heard(test)).not.toContain(ids[1])
		await test.leave()
		await real.leave()
	})

	test('cannot be written with the mark of the other: the database refuses it', async () => {
		const id = await paid(inTest)
		const mark = house.owner.updateTable('payments').set({ livemode: true }).where('id', '=', id)
		await expect(mark.execute()).rejects.toThrow('payments_of_their_world')
	})
})

describe('a key', { timeout: 120_000 }, () => {
	const secretOf = ({ headers }: LiveWorld) => headers.authorization.slice('Bearer '.length)

	test('of one world with the prefix of the other is no key', async () => {
		const turned = secretOf(live).replace('th_live_', 'th_test_')
		expect((await ask('GET', PATH, { authorization: `Bearer ${turned}` })).status).toBe(401)
		const [row] = await house.owner
			.selectFrom('api_keys')
			.select(['id', 'key_hash'])
			.where('merchant_id', '=', house.demo.merchantId)
			.where('kind', '=', 'secret')
			.execute()
		await house.owner
			.updateTable('api_keys')
			.set({ merchant_id: live.merchantId })
			.where('id', '=', row?.id ?? '')
			.execute()
		// The demo's key says test in its text: not even its own row makes it a live one.
		await expect.poll(async () => (await ask('GET', PATH, inTest)).status, PATIENCE).toBe(401)
		await house.owner
			.updateTable('api_keys')
			.set({ merchant_id: house.demo.merchantId })
			.where('id', '=', row?.id ?? '')
			.execute()
		await expect.poll(async () => (await ask('GET', PATH, inTest)).status, PATIENCE).toBe(200)
	})
})

describe('a message of the gateway', { timeout: 120_000 }, () => {
	const event = (object: object, livemode: boolean, type = 'payment_intent.succeeded') => ({
		id: `evt_${randomUUID()}`,
		object: 'event',
		type,
		livemode,
		data: { object },
	})
	const deliver = (message: object, secret: string) => {
		const payload = JSON.stringify(message)
		const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret })
		return house.call('POST', '/api/v1/webhooks/stripe', payload, { 'stripe-signature': signature })
	}
	const kept = (id: string) =>
		house.owner
			.selectFrom('webhook_inbox')
			.select(['livemode', 'outcome'])
			.where('event_id', '=', id)
			.executeTakeFirst()
	const intentOf = async (paymentId: string) => {
		const attempts = house.owner.selectFrom('payment_attempts').where('payment_id', '=', paymentId)
		const { id, provider_ref } = await attempts.select(['id', 'provider_ref']).executeTakeFirstOrThrow()
		return { id: provider_ref ?? '', object: 'payment_intent', metadata: { attempt_id: id } }
	}

	test.each([
		['test', false, WEBHOOK_SECRET],
		['live', true, LIVE_WEBHOOK_SECRET],
	])('is of the world whose secret verifies it: %s', async (_, livemode, secret) => {
		const message = event({ id: 'pi_of_nobody', object: 'payment_intent' }, livemode)
		expect(await deliver(message, secret)).toMatchObject({ status: 200 })
		expect(await kept(message.id)).toMatchObject({ livemode })
	})

	test.each([
		['live money, signed for test', true, WEBHOOK_SECRET],
		['test money, signed for live', false, LIVE_WEBHOOK_SECRET],
	])('is refused when it claims the other: %s', async (_, livemode, secret) => {
		const message = event({ id: 'pi_of_nobody', object: 'payment_intent' }, livemode)
		expectRefusal(await deliver(message, secret), 400, { code: 'event_not_ours' })
		expect(await kept(message.id)).toBeUndefined()
	})

	test('that names a payment of the other world finds nothing to settle', async () => {
		const message = event(await intentOf(await paid(inTest)), true)
		await deliver(message, LIVE_WEBHOOK_SECRET)
		await expect.poll(async () => (await kept(message.id))?.outcome, PATIENCE).toBe('no attempt of ours')
		const own = event(await intentOf(await paid(live.headers)), true)
		await deliver(own, LIVE_WEBHOOK_SECRET)
		await expect.poll(async () => (await kept(own.id))?.outcome, PATIENCE).toBe('attempt already succeeded')
	})
})

describe('reconciliation', { timeout: 120_000 }, () => {
	const AN_HOUR = 3_600_000
	const compare = (livemode: boolean) => {
		const services = house.composed.inWorld(livemode)
		// As if it were later: nothing of the test is in flight any more.
		const clock = { now: () => new Date(Date.now() + AN_HOUR) }
		const deps = { ...services, clock, gateway: services.gateways.of('stripe') }
		return runReconciliation(deps, { requestedBy: 'test' })
	}
	const observed = async (livemode: boolean) =>
		(
			await house.owner
				.selectFrom('gateway_observations as o')
				.innerJoin('payment_attempts as a', 'a.provider_ref', 'o.provider_ref')
				.select('a.payment_id')
				.where('o.livemode', '=', livemode)
				.execute()
		).map(({ payment_id }) => payment_id)

	test('compares each world with its own gateway account, and misses nothing of the other’s', async () => {
		const [test, real] = [await paid(inTest), await paid(live.headers)]
		for (const livemode of [false, true]) {
			const run = await compare(livemode)
			expect(run).toMatchObject({ livemode, found: 0 })
			expect(run?.compared).toBeGreaterThan(0n)
		}
		expect(await observed(false)).toContain(test)
		expect(await observed(true)).toContain(real)
		expect((await observed(false)).filter((id) => id === real)).toEqual([])
		for (const [headers, livemode] of [
			[inTest, false],
			[live.headers, true],
		] as const) {
			const shown = (await ask('GET', '/api/v1/reconciliation', headers)).body['last_run'] as { id: string }
			const run = house.owner.selectFrom('reconciliation_runs').select('livemode').where('id', '=', shown.id)
			expect(await run.executeTakeFirst()).toEqual({ livemode })
		}
	})
})
