import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sendDisputeAnswer } from '#jobs/catalog/disputes.ts'
import { openHouse, type Answer, type House } from '#tests/support/house.ts'
import { disputedPayment, storyOf } from '../integration/disputes/cases.ts'
import { runNow } from '../integration/payments/by-hand.ts'
import { addMerchant } from './second-merchant.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false, sandbox: { SANDBOX_CLOCK_FACTOR: '1' } })
})
afterAll(() => house.close())

const disputed = (card = 'pm_card_createDispute', fields: object = {}) => disputedPayment(house, card, fields)
const get = (path: string) => house.call('GET', `/api/v1/disputes${path}`)
const write = (id: string, body: object, headers?: Record<string, string>) =>
	house.call('POST', `/api/v1/disputes/${id}/evidence`, body, headers)
const accept = (id: string, headers?: Record<string, string>) =>
	house.call('POST', `/api/v1/disputes/${id}/accept`, {}, headers)
const codeOf = ({ body }: Answer) => (body['error'] as { code: string }).code

test('a dispute is read with its draft and with what the house knows', async () => {
	const { paymentId, dispute } = await disputed(undefined, {
		description: 'Desk lamp, brass',
		receipt_email: 'ada@example.com',
		client_ip: '203.0.113.9',
	})
	const { status, body } = await get(`/${dispute.id}`)
	expect(status).toBe(200)
	expect(body).toMatchObject({
		id: dispute.id,
		object: 'dispute',
		payment: paymentId,
		amount: 2_000,
		currency: 'eur',
		fee: 1_500,
		stage: 'dispute',
		status: 'needs_response',
		funds: 'held',
		reason: 'fraudulent',
		is_charge_refundable: false,
		evidence_details: { submitted_at: null, has_draft: false },
		pending_operation: null,
		closed: null,
		evidence: {},
		suggested_evidence: {
			product_description: 'Desk lamp, brass',
			customer_email_address: 'ada@example.com',
			customer_purchase_ip: '203.0.113.9',
		},
	})
	const pack = body['suggested_evidence'] as Record<string, string>
	expect(pack['uncategorized_text']).toContain('Paid: 20.00 EUR')
	expect(pack['uncategorized_text']).toMatch(/UTC {2}Paid$/m)
})

test('a draft grows field by field and nothing is sent until it is submitted', async () => {
	const { paymentId, dispute } = await disputed()
	await write(dispute.id, { evidence: { customer_name: 'Ada', uncategorized_text: 'It was her.' } })
	const { body } = await write(dispute.id, { evidence: { customer_name: '', service_date: '2026-11-01' } })
	expect(body).toMatchObject({ status: 'needs_response', evidence_details: { has_draft: true } })
	expect((await get(`/${dispute.id}`)).body['evidence']).toEqual({
		uncategorized_text: 'It was her.',
		service_date: '2026-11-01',
	})
	expect(await runNow(house, sendDisputeAnswer)).toBe(0)
	const submitted = await write(dispute.id, { submit: true })
	expect(submitted.body).toMatchObject({ pending_operation: 'submit' })
	await runNow(house, sendDisputeAnswer)
	expect((await get(`/${dispute.id}`)).body).toMatchObject({
		status: 'under_review',
		pending_operation: null,
		evidence_details: { submitted_at: expect.any(Number) as number },
	})
	expect((await storyOf(house, dispute.id, paymentId)).events).toEqual([
		'dispute.created',
		'dispute.updated',
		'dispute.updated',
		'dispute.updated',
		'dispute.updated',
	])
	const again = await write(dispute.id, { submit: true })
	expect([again.status, codeOf(again)]).toEqual([409, 'evidence_already_submitted'])
})

test('the same key submits once and answers the same; another body is refused', async () => {
	const { paymentId, dispute } = await disputed()
	const key = { 'idempotency-key': `submit-${dispute.id}` }
	const body = { evidence: { uncategorized_text: 'It was her.' }, submit: true }
	const first = await write(dispute.id, body, key)
	const second = await write(dispute.id, body, key)
	expect(second.text).toBe(first.text)
	expect(second.headers.get('idempotent-replayed')).toBe('true')
	expect((await write(dispute.id, { ...body, submit: false }, key)).status).toBe(422)
	const { audit } = await storyOf(house, dispute.id, paymentId)
	expect(audit.filter((action) => action === 'dispute.submit_requested')).toHaveLength(1)
	expect(await runNow(house, sendDisputeAnswer)).toBe(1)
})

test('many who answer at once: one answer goes out', async () => {
	const { dispute } = await disputed()
	const answers = await Promise.all(
		Array.from({ length: 16 }, (_, index) =>
			index % 2 === 0
				? accept(dispute.id)
				: write(dispute.id, { evidence: { uncategorized_text: String(index) }, submit: true }),
		),
	)
	expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
	expect(new Set(answers.filter(({ status }) => status !== 200).map(codeOf))).toEqual(
		new Set(['operation_in_progress']),
	)
	expect(await runNow(house, sendDisputeAnswer)).toBe(1)
})

test('giving up, waiting for the bank’s word', async () => {
	const { dispute } = await disputed()
	const waiting = accept(dispute.id, { prefer: 'wait=10' })
	await expect.poll(() => runNow(house, sendDisputeAnswer)).toBe(1)
	expect((await waiting).body).toMatchObject({ status: 'lost', funds: 'lost', pending_operation: null })
})

describe('lists', () => {
	test('newest first, by status and by payment, page by page', async () => {
		const { paymentId, dispute } = await disputed()
		const all = (await get('?limit=100')).body['data'] as { id: string; status: string }[]
		expect(all.map(({ id }) => id)).toEqual(
			all
				.map(({ id }) => id)
				.toSorted()
				.reverse(),
		)
		const ofPayment = await get(`?payment=${paymentId}`)
		expect(ofPayment.body).toMatchObject({ object: 'list', has_more: false, data: [{ id: dispute.id }] })
		const lost = (await get('?status=lost&limit=100')).body['data'] as { status: string }[]
		expect(lost.length).toBeGreaterThan(0)
		expect(lost.every(({ status }) => status === 'lost')).toBe(true)
		const first = (await get('?limit=1')).body
		const second = (await get(`?limit=1&starting_after=${all[0]?.id}`)).body
		expect([first, second]).toMatchObject([
			{ has_more: true, data: [{ id: all[0]?.id }] },
			{ data: [{ id: all[1]?.id }] },
		])
		const back = (await get(`?limit=1&ending_before=${all[1]?.id}`)).body
		expect(back).toMatchObject({ data: [{ id: all[0]?.id }] })
	})

	test.each(['?status=open', '?limit=0', '?payment=7', '?starting_after=dp_1', '?sort=due'])(
		'%s is refused',
		async (query) => {
			expect((await get(query)).status).toBe(400)
		},
	)
})

describe('what cannot be done', () => {
	test.each<[string, object, string]>([
		['a field banks do not know', { evidence: { nonsense: 'x' } }, 'parameter_unknown'],
		['a text that is too long', { evidence: { customer_name: 'x'.repeat(20_001) } }, 'parameter_invalid'],
		['a text that cannot be kept', { evidence: { customer_name: 'a\u0000b' } }, 'parameter_invalid'],
		['something else', { proof: {} }, 'parameter_unknown'],
		['nothing at all, for good', { submit: true }, 'evidence_missing'],
	])('%s is refused', async (_name, body, code) => {
		const { dispute } = await disputed()
		const answer = await write(dispute.id, body)
		expect([answer.status, codeOf(answer)]).toEqual([400, code])
	})

	test('more than all fields may have together is refused', async () => {
		const { dispute } = await disputed()
		const fields = ['customer_name', 'billing_address', 'shipping_address', 'service_date'] as const
		const long = (names: readonly string[]) =>
			Object.fromEntries(names.map((name) => [name, 'x'.repeat(20_000)]))
		const more = ['access_activity_log', 'refund_policy_disclosure', 'cancellation_rebuttal', 'shipping_date']
		expect((await write(dispute.id, { evidence: long(fields) })).status).toBe(200)
		const answer = await write(dispute.id, { evidence: long(more) })
		expect([answer.status, codeOf(answer)]).toEqual([400, 'evidence_too_long'])
	})

	test('another merchant’s dispute is not there', async () => {
		const { dispute } = await disputed()
		const { headers } = await addMerchant(house)
		const asked = await Promise.all([
			house.call('GET', `/api/v1/disputes/${dispute.id}`, undefined, headers),
			house.call('POST', `/api/v1/disputes/${dispute.id}/evidence`, { submit: false }, headers),
			house.call('POST', `/api/v1/disputes/${dispute.id}/accept`, {}, headers),
			get('/dp_nonsense'),
		])
		expect(asked.map((answer) => [answer.status, codeOf(answer)])).toEqual(
			asked.map(() => [404, 'dispute_not_found']),
		)
		expect((await house.call('GET', '/api/v1/disputes', undefined, headers)).body).toMatchObject({ data: [] })
	})
})
