import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createKeyRing } from '#app/vault/key-ring.server.ts'
import { createPayers } from '#app/vault/payers.server.ts'
import { processPayment } from '#jobs/catalog/payments.ts'
import { applyWebhook } from '#jobs/catalog/webhooks.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { linesWith, dump } from '../integration/canary/everywhere.ts'
import { disputedPayment } from '../integration/disputes/cases.ts'
import { violations } from '../integration/ledger/invariants.ts'
import { chargedPayment, paymentOf, runNow, takePayment } from '../integration/payments/by-hand.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false, sandbox: { SANDBOX_CLOCK_FACTOR: '1' } })
})
afterAll(() => house.close())

const API = '/api/v1/privacy'
const find = (wanted: object) => house.call('POST', `${API}/find`, wanted)
const erase = (id: string, body: object = { confirm: id, reason: 'They asked by letter.' }) =>
	house.call('POST', `${API}/payers/${id}/erase`, body)
const auditOf = async (subject: string) =>
	house.services.db
		.selectFrom('audit_log')
		.select(['action', 'actor_kind', 'payload', 'reason'])
		.where('subject_id', '=', subject)
		.orderBy('seq')
		.execute()

async function payerOf(paymentId: string): Promise<string> {
	const { payer_id } = await paymentOf(house, paymentId)
	return payer_id ?? ''
}

test('a payer is found by their address or a payment, with how much is held and not what', async () => {
	const who = { receipt_email: 'Found@example.com', client_ip: '203.0.113.40' }
	const id = await chargedPayment(house, who)
	await chargedPayment(house, { ...who, receipt_email: 'found@example.com' })
	const byAddress = await find({ email: 'FOUND@example.com' })
	expect(byAddress).toMatchObject({
		status: 200,
		body: {
			id: await payerOf(id),
			email: 'found@example.com',
			held: { payments: 2, connections: 2 },
			holds: [],
		},
	})
	expect((await find({ payment: id })).body).toEqual(byAddress.body)
	const read = await house.call('GET', `${API}/payers/${String(byAddress.body['id'])}`)
	expect(read.body).toEqual(byAddress.body)
	expect(byAddress.text).not.toContain('203.0.113.40')
})

test.each([
	[{ email: 'nobody@example.com' }, 404, 'email'],
	[{ payment: 'pay_01jd0000000000000000000000' }, 404, 'payment'],
	[{}, 400, 'email'],
	[{ email: 'a@example.com', payment: 'pay_01jd0000000000000000000000' }, 400, 'email'],
	[{ email: 'no address' }, 400, 'email'],
	[{ ip: '203.0.113.1' }, 400, 'ip'],
])('asked for %j: %i, naming %s', async (wanted, status, param) => {
	expect(await find(wanted)).toMatchObject({ status, body: { error: { param } } })
})

test('an export holds everything about them, and leaves a line and a request behind', async () => {
	const who = { receipt_email: 'export@example.com', client_ip: '203.0.113.41' }
	const { paymentId, dispute } = await disputedPayment(house, 'pm_card_createDispute', who)
	const evidence = { customer_name: 'Exported Payer' }
	await house.call('POST', `/api/v1/disputes/${dispute.id}/evidence`, { evidence })
	const payer = await payerOf(paymentId)
	const file = await house.call('POST', `${API}/payers/${payer}/export`, {})
	expect(file.status).toBe(200)
	expect(file.headers.get('content-disposition')).toContain(`${payer}.json`)
	expect(file.body).toMatchObject({
		object: 'payer_export',
		payer: { id: payer },
		payments: [
			{
				id: paymentId,
				...who,
				amount_minor: '2000',
				attempts: [{ receipt_email: 'export@example.com' }],
				disputes: [{ id: dispute.id, evidence }],
				events: expect.arrayContaining([expect.objectContaining({ receipt_email: 'export@example.com' })]),
			},
		],
		requests: [{ kind: 'export', status: 'done' }],
	})
	expect(await auditOf(payer)).toMatchObject([{ action: 'payer.exported', actor_kind: 'api_key' }])
})

test('an export of many payments is whole, each once', async () => {
	const receipt_email = 'many@example.com'
	const ids = await Promise.all(
		Array.from({ length: 205 }, () => takePayment(house, { receipt_email, confirm: false })),
	)
	const payer = await payerOf(ids[0] ?? '')
	const { body } = await house.call('POST', `${API}/payers/${payer}/export`, {})
	const exported = body['payments'] as { id: string; receipt_email: string }[]
	expect(exported.map(({ id }) => id)).toEqual(ids.toSorted())
	expect(new Set(exported.map((one) => one.receipt_email))).toEqual(new Set([receipt_email]))
})

test('erasure waits for what is open, says for what and until when, and is written down', async () => {
	const receipt_email = 'open@example.com'
	const waiting = await takePayment(house, { receipt_email, confirm: false })
	const { dispute } = await disputedPayment(house, 'pm_card_createDispute', { receipt_email })
	const payer = await payerOf(waiting)
	const held = await erase(payer)
	expect(held).toMatchObject({ status: 201, body: { kind: 'erasure', status: 'held' } })
	expect(held.body['holds']).toEqual([
		{ kind: 'dispute_open', subject: dispute.id, until: null, message: expect.stringContaining('the bank') },
		{
			kind: 'payment_open',
			subject: waiting,
			until: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/),
			message: expect.stringContaining('at the latest'),
		},
	])
	const { body } = await house.call('GET', `/api/v1/payments/${waiting}`)
	expect(body['receipt_email']).toBe(receipt_email)
	expect(await auditOf(payer)).toMatchObject([{ action: 'payer.erasure_held' }])
})

test('erased, nothing about them opens, not even from a copy of the tables made before; the books stay', async () => {
	const email = 'Gone.Forever@example.com'
	const ip = '203.0.113.42'
	const key = { 'idempotency-key': 'gone-1' }
	const asked = { amount: 1_900, currency: 'eur', payment_method: 'pm_card_visa', confirm: true }
	const who = { receipt_email: email, client_ip: ip }
	const paid = await house.call('POST', '/api/v1/payments', { ...asked, ...who }, key)
	const id = String(paid.body['id'])
	await runNow(house, processPayment)
	const payer = await payerOf(id)
	const copy = await house.owner
		.selectFrom('payments')
		.selectAll()
		.where('id', '=', id)
		.executeTakeFirstOrThrow()
	const events = async () => (await house.call('GET', `/api/v1/events?payment=${id}`)).text
	const before = await events()
	const money = async () =>
		(
			await sql<{
				line: string
			}>`select row_to_json(e)::text as line from ledger_entries e order by id`.execute(house.owner)
		).rows
	const books = await money()

	expect(await erase(payer)).toMatchObject({
		status: 201,
		body: { status: 'done', holds: [], held: { payments: 1 } },
	})

	expect(await money()).toEqual(books)
	expect(await events()).toBe(before.replaceAll(`"${email}"`, 'null'))
	const read = await house.call('GET', `/api/v1/payments/${id}`)
	expect(read.body).toMatchObject({ status: 'succeeded', amount: 1_900, receipt_email: null })
	const replay = await house.call('POST', '/api/v1/payments', { ...asked, ...who }, key)
	expect(replay.text).toBe(paid.text.replace(`"${email}"`, 'null'))
	expect(await find({ email })).toMatchObject({ status: 404 })

	const { db, env } = house.services
	const opener = await createPayers({ db, ring: createKeyRing(env.vault) }).opener(db, [
		copy.sealed_email,
		copy.sealed_ip,
	])
	expect([opener('email', copy.sealed_email), opener('ip', copy.sealed_ip)]).toEqual([null, null])
	const kept = await dump(house)
	for (const text of [email, email.toLowerCase(), ip, copy.ip_hash ?? 'none'])
		expect(linesWith(kept, text)).toEqual([])
	expect(await auditOf(payer)).toMatchObject([
		{ action: 'payer.erased', reason: 'They asked by letter.', payload: { payments: 1, held_by: 0 } },
	])
	expect(await erase(payer)).toMatchObject({ status: 409, body: { error: { code: 'payer_erased' } } })
})

test('who pays again afterwards is somebody new', async () => {
	const receipt_email = 'again@example.com'
	const first = await payerOf(await chargedPayment(house, { receipt_email }))
	expect((await erase(first)).body['status']).toBe('done')
	const id = await chargedPayment(house, { receipt_email })
	expect(await payerOf(id)).not.toBe(first)
	expect((await find({ email: receipt_email })).body).toMatchObject({ held: { payments: 1 } })
})

test.each([
	[{ confirm: 'pyr_01jd0000000000000000000000', reason: 'x' }, 'confirm'],
	[{ reason: 'x' }, 'confirm'],
	[{ confirm: 'self', reason: '  ' }, 'reason'],
	[{ confirm: 'self' }, 'reason'],
	[{ confirm: 'self', reason: 'x'.repeat(501) }, 'reason'],
	[{ confirm: 'self', reason: 'x', all: true }, 'all'],
])('an erasure that asks %j is refused by name', async (body, param) => {
	const id = await payerOf(await chargedPayment(house, { receipt_email: 'kept@example.com' }))
	const confirm = 'confirm' in body && body.confirm === 'self' ? { confirm: id } : {}
	expect(await erase(id, { ...body, ...confirm })).toMatchObject({ status: 400, body: { error: { param } } })
	expect((await find({ email: 'kept@example.com' })).status).toBe(200)
})

test('the requests are listed, newest first, by page and by payer', async () => {
	const all = await house.call('GET', `${API}/requests?limit=100`)
	const list = all.body['data'] as { id: string; payer: string }[]
	expect(list.length).toBeGreaterThan(4)
	expect(list.map(({ id }) => id)).toEqual(
		list
			.map(({ id }) => id)
			.toSorted()
			.reverse(),
	)
	const [first, second] = list
	const next = await house.call('GET', `${API}/requests?limit=1&starting_after=${first?.id ?? ''}`)
	expect(next.body).toMatchObject({ has_more: true, data: [{ id: second?.id }] })
	const own = await house.call('GET', `${API}/requests?payer=${first?.payer ?? ''}`)
	expect(new Set((own.body['data'] as { payer: string }[]).map(({ payer }) => payer))).toEqual(
		new Set([first?.payer]),
	)
	expect(JSON.stringify(list)).not.toContain('@')
})

test('afterwards no promise is broken', async () => {
	await runNow(house, processPayment)
	await runNow(house, applyWebhook)
	expect(await violations(house.services.db)).toEqual([])
})
