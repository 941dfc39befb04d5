import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import Stripe from 'stripe'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { presentPaymentList } from '#app/presenters/payment-list.server.ts'
import { createKeyRing } from '#app/vault/key-ring.server.ts'
import { createPayers } from '#app/vault/payers.server.ts'
import { rotateKeys } from '#app/vault/rotate-keys.server.ts'
import { inTransaction } from '#db/client.ts'
import { sealPersonalData } from '#jobs/catalog/privacy.ts'
import { processPayment } from '#jobs/catalog/payments.ts'
import { applyWebhook } from '#jobs/catalog/webhooks.ts'
import { findPaymentForJob } from '#db/queries/payments.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { disputedPayment } from '../disputes/cases.ts'
import { onlyAttempt, paymentOf, runNow, takePayment } from '../payments/by-hand.ts'
import { violations } from '../ledger/invariants.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false, sandbox: { SANDBOX_CLOCK_FACTOR: '1' } })
})
afterAll(() => house.close())

const shownEmail = async (id: string) =>
	(await house.call('GET', `/api/v1/payments/${id}`)).body['receipt_email']

test('one address is one payer, however it is spelt; payments without one share nobody', async () => {
	const ids = await Promise.all(
		['ada@example.com', 'Ada@Example.com', 'ADA@EXAMPLE.COM', 'ada@example.com'].map((receipt_email) =>
			takePayment(house, { receipt_email, client_ip: '203.0.113.1' }),
		),
	)
	const rows = await Promise.all(ids.map((id) => paymentOf(house, id)))
	expect(new Set(rows.map((row) => row.payer_id)).size).toBe(1)
	expect(await shownEmail(ids[1] ?? '')).toBe('Ada@Example.com')
	const nobody = await takePayment(house, { client_ip: '203.0.113.1' })
	expect((await paymentOf(house, nobody)).payer_id).not.toBe(rows[0]?.payer_id)
	expect((await paymentOf(house, nobody)).ip_hash).toBe(rows[0]?.ip_hash)
	const without = await takePayment(house)
	expect(await paymentOf(house, without)).toMatchObject({ payer_id: null, ip_hash: null })
})

test('of many who make the same new payer at once one does, and all open', async () => {
	const { payers, db } = house.services
	const merchantId = house.demo.merchantId
	const named = await payers.name({ merchantId, email: 'race@example.com', ip: '203.0.113.2' })
	const other = await payers.name({ merchantId, email: 'race-too@example.com', ip: null })
	const kept = await Promise.all(
		Array.from({ length: 6 }, (_, index) =>
			inTransaction(db, (tx) => payers.keep(tx, index % 2 === 0 ? [named, other] : [other, named, other])),
		),
	)
	const all = kept.flat()
	expect(new Set(all.map(({ payer_id }) => payer_id)).size).toBe(2)
	const opener = await payers.opener(
		db,
		all.map(({ sealed_email }) => sealed_email),
	)
	expect(new Set(all.map(({ sealed_email }) => opener('email', sealed_email)))).toEqual(
		new Set(['race@example.com', 'race-too@example.com']),
	)
})

test('an address opens as an address alone', async () => {
	const id = await takePayment(house, { receipt_email: 'kind@example.com', client_ip: '203.0.113.3' })
	const { sealed_email, sealed_ip } = await paymentOf(house, id)
	const opener = await house.services.payers.opener(house.services.db, [sealed_email, sealed_ip])
	expect(opener('ip', sealed_ip)).toBe('203.0.113.3')
	expect(() => opener('ip', sealed_email)).toThrow('does not open')
	expect(() => opener('evidence', sealed_ip)).toThrow('does not open')
})

test('payments are found by the whole address, in any spelling, and by nobody else', async () => {
	const id = await takePayment(house, { receipt_email: 'Find.Me@example.com' })
	const find = async (q: string, merchantId = house.demo.merchantId) =>
		(await presentPaymentList(house.services, { merchantId, filters: { q } })).payments.map((one) => one.id)
	expect(await find('find.me@EXAMPLE.com ')).toEqual([id])
	expect(await find('find.me@example.co')).toEqual([])
	const list = await presentPaymentList(house.services, {
		merchantId: house.demo.merchantId,
		filters: { q: 'find.me@example.com' },
	})
	expect(list.payments[0]?.receipt_email).toBe('Find.Me@example.com')
})

test('screening counts payments of one address and of one connection as before', async () => {
	const who = { receipt_email: 'often@example.com', client_ip: '203.0.113.4' }
	for (let times = 0; times < 10; times++) await takePayment(house, { ...who, confirm: false })
	const id = await takePayment(house, { ...who, receipt_email: 'OFTEN@example.com' })
	await runNow(house, processPayment)
	expect((await paymentOf(house, id)).risk_reasons).toEqual(
		expect.arrayContaining([
			expect.objectContaining({ code: 'email_velocity' }),
			expect.objectContaining({ code: 'ip_velocity' }),
		]),
	)
})

test('an address on the block list is refused by its hash, also one that was there in plain text', async () => {
	const { merchantId } = house.demo
	await house.owner
		.insertInto('block_list')
		.values([
			{ merchant_id: merchantId, kind: 'email', value: 'refused@example.com', reason: 'test' },
			{ merchant_id: merchantId, kind: 'ip', value: '203.0.113.5', reason: 'test' },
		])
		.execute()
	await house.services.boss.send(sealPersonalData.name, {})
	expect(await runNow(house, sealPersonalData)).toBeGreaterThan(0)
	const listed = await house.owner.selectFrom('block_list').select('value').execute()
	expect(listed.map(({ value }) => value).join(' ')).not.toMatch(/@|203/)
	const byEmail = await takePayment(house, { receipt_email: 'Refused@example.com' })
	const byIp = await takePayment(house, { client_ip: '203.0.113.5' })
	await runNow(house, processPayment)
	expect(await paymentOf(house, byEmail)).toMatchObject({ status: 'failed', risk_decision: 'block' })
	expect(await paymentOf(house, byIp)).toMatchObject({ status: 'failed', risk_decision: 'block' })
})

test('the gateway is told the address, in the very call that is kept sealed', async () => {
	const id = await takePayment(house, { receipt_email: 'told@example.com' })
	await runNow(house, processPayment)
	const { request, provider_ref } = await onlyAttempt(house, id)
	expect(JSON.stringify(request)).not.toContain('told@')
	const stripe = new Stripe('sk_test_sandbox_tillhouse', {
		host: '127.0.0.1',
		port: new URL(house.sandbox.url).port,
		protocol: 'http',
	})
	const intent = await stripe.paymentIntents.retrieve(provider_ref ?? '')
	expect(intent.receipt_email).toBe('told@example.com')
})

test('after rotation of the vault’s key payers are sealed under the new one alone', async () => {
	const id = await takePayment(house, { receipt_email: 'rotated@example.com' })
	const { sealed_email } = await paymentOf(house, id)
	const { db, env } = house.services
	const newest = { id: 'newest', key: randomBytes(32).toString('base64url') }
	await rotateKeys(db, createKeyRing({ keys: [newest, ...env.vault.keys] }))
	const under = (keys: typeof env.vault.keys) => createPayers({ db, ring: createKeyRing({ keys }) })
	const read = await under([newest]).opener(db, [sealed_email])
	expect(read('email', sealed_email)).toBe('rotated@example.com')
	const old = await under(env.vault.keys).opener(db, [sealed_email])
	expect(() => old('email', sealed_email)).toThrow('no key named newest')
	await rotateKeys(db, createKeyRing({ keys: [...env.vault.keys, newest] }))
	expect(await shownEmail(id)).toBe('rotated@example.com')
})

test('what was plain before payers had keys is sealed by the job: payment, call, events and evidence', async () => {
	const { owner, demo } = house
	const { paymentId, dispute } = await disputedPayment(house, 'pm_card_createDispute')
	const merchant_id = demo.merchantId
	await owner
		.insertInto('unsealed_payments')
		.values({
			payment_id: paymentId,
			merchant_id,
			receipt_email: 'Old@example.com',
			client_ip: '203.0.113.6',
			evidence: JSON.stringify({ [dispute.id]: { customer_name: 'Old Payer' } }),
		})
		.execute()
	const asItWas = sql`'"receipt_email":"Old@example.com"'`
	await sql`update events set object = replace(object::text, '"receipt_email":null', ${asItWas})::json
		where payment_id = ${paymentId}`.execute(owner)
	await sql`update payment_attempts set request = request || '{"receiptEmail":"Old@example.com"}'
		where payment_id = ${paymentId}`.execute(owner)
	const before = await house.call('GET', `/api/v1/events?payment=${paymentId}`)
	expect(before.text, 'until then it is told as it is').toContain('Old@example.com')

	await house.services.boss.send(sealPersonalData.name, {})
	await runNow(house, sealPersonalData)

	expect((await house.call('GET', `/api/v1/events?payment=${paymentId}`)).text).toBe(before.text)
	expect(await shownEmail(paymentId)).toBe('Old@example.com')
	const { body } = await house.call('GET', `/api/v1/disputes/${dispute.id}`)
	expect(body['evidence']).toEqual({ customer_name: 'Old Payer' })
	const left = await sql<{ line: string }>`
		select row_to_json(x)::text as line from (
			select object::text as a from events where payment_id = ${paymentId}
			union all select request::text from payment_attempts where payment_id = ${paymentId}
			union all select evidence::text from unsealed_payments) x`.execute(owner)
	expect(left.rows.length).toBeGreaterThan(2)
	expect(left.rows.map(({ line }) => line).join()).not.toMatch(/old@example|Old Payer/i)
	const payment = await findPaymentForJob(house.services.db, paymentId)
	expect(payment?.payer_id).toMatch(/^pyr_/)
})

test('afterwards no promise is broken', async () => {
	await runNow(house, applyWebhook)
	expect(await violations(house.services.db)).toEqual([])
})
