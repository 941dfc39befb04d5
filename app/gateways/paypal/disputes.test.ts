import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createPayPal } from './paypal.server.ts'

const BASE = 'http://paypal.invalid'
const DISPUTES = `${BASE}/v1/customer/disputes`
const CAPTURE = `${BASE}/v2/payments/captures/C1`
const server = setupServer()
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => {
	server.use(
		http.post(`${BASE}/v1/oauth2/token`, () =>
			HttpResponse.json({ access_token: 't', token_type: 'Bearer', expires_in: 32_400 }),
		),
		http.get(CAPTURE, () =>
			HttpResponse.json({
				id: 'C1',
				custom_id: 'att_1',
				supplementary_data: { related_ids: { order_id: 'O1' } },
			}),
		),
	)
})
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const { disputes } = createPayPal({
	state: 'test',
	clientId: 'client',
	clientSecret: 'secret',
	webhookId: null,
	apiBase: BASE,
	sandboxOrigin: null,
	brandName: null,
	timeoutMs: 1_000,
})

const usd = (value: string) => ({ currency_code: 'USD', value })
const DISPUTE = {
	dispute_id: 'PP-D-1',
	create_time: '2026-11-20T10:00:00.000Z',
	disputed_transactions: [{ seller_transaction_id: 'C1' }],
	reason: 'UNAUTHORISED',
	external_reason_code: '10.4',
	status: 'WAITING_FOR_SELLER_RESPONSE',
	dispute_life_cycle_stage: 'CHARGEBACK',
	dispute_amount: usd('20.00'),
	seller_response_due_date: '2026-11-30T10:00:00.000Z',
}
const moved = (type: 'DEBIT' | 'CREDIT', value: string, reason = 'DISPUTE_SETTLEMENT', party = 'SELLER') => ({
	affected_party: party,
	type,
	reason,
	amount: usd(value),
	initiated_time: '2026-11-25T10:00:00.000Z',
})
const resolved = (outcome_code: string, ...money_movements: object[]) => ({
	status: 'RESOLVED',
	dispute_outcome: { outcome_code },
	...(money_movements.length > 0 && { money_movements }),
})

const answering = (changes: object) =>
	server.use(http.get(`${DISPUTES}/PP-D-1`, () => HttpResponse.json({ ...DISPUTE, ...changes })))

describe('a case read', () => {
	test('with the payment it is about, and the money PayPal holds meanwhile', async () => {
		answering({ evidences: [{ source: 'SUBMITTED_BY_BUYER' }, { source: 'SUBMITTED_BY_SELLER' }] })
		expect(await disputes.findDispute('PP-D-1')).toEqual({
			ref: 'PP-D-1',
			paymentRef: 'O1',
			attemptId: 'att_1',
			stage: 'dispute',
			status: 'needs_response',
			amountMinor: 2_000n,
			currency: 'usd',
			withdrawn: { amountMinor: 2_000n, feeMinor: 0n },
			reinstated: null,
			reason: 'fraudulent',
			networkReasonCode: '10.4',
			isChargeRefundable: false,
			dueAt: new Date('2026-11-30T10:00:00Z'),
			submissions: 1,
			openedAt: new Date('2026-11-20T10:00:00Z'),
		})
	})

	const held = { amountMinor: 2_000n, feeMinor: 0n }

	test.each<[string, object, object]>([
		[
			'an inquiry holds nothing',
			{ dispute_life_cycle_stage: 'INQUIRY', status: 'OPEN' },
			{ withdrawn: null, reinstated: null, isChargeRefundable: true },
		],
		[
			'an inquiry that came to nothing',
			{ dispute_life_cycle_stage: 'INQUIRY', ...resolved('CANCELED_BY_BUYER') },
			{ status: 'closed', withdrawn: null, reinstated: null, isChargeRefundable: false },
		],
		[
			'an inquiry that was given up',
			{
				dispute_life_cycle_stage: 'INQUIRY',
				...resolved('RESOLVED_BUYER_FAVOUR', moved('DEBIT', '20.00'), moved('CREDIT', '20.00', 'X', 'BUYER')),
			},
			{ status: 'lost', withdrawn: held, reinstated: null },
		],
		[
			'won: let go of',
			resolved('RESOLVED_SELLER_FAVOUR'),
			{ status: 'won', withdrawn: held, reinstated: held },
		],
		[
			'lost: taken, and with it a fee',
			resolved('RESOLVED_BUYER_FAVOUR', moved('DEBIT', '20.00'), moved('DEBIT', '15.00', 'CHARGEBACK_FEE')),
			{ status: 'lost', withdrawn: { amountMinor: 2_000n, feeMinor: 1_500n }, reinstated: null },
		],
		[
			'taken, and given back on appeal',
			resolved('RESOLVED_SELLER_FAVOUR', moved('DEBIT', '20.00'), moved('CREDIT', '20.00')),
			{ status: 'won', withdrawn: held, reinstated: held },
		],
		['a reason we have no word for', { reason: 'OTHER' }, { reason: 'general' }],
	])('%s', async (_what, changes, expected) => {
		answering(changes)
		expect(await disputes.findDispute('PP-D-1')).toMatchObject(expected)
	})

	test('that nobody knows is null, and one that cannot be read is an error', async () => {
		server.use(
			http.get(`${DISPUTES}/PP-D-1`, () =>
				HttpResponse.json({ name: 'RESOURCE_NOT_FOUND' }, { status: 404 }),
			),
		)
		expect(await disputes.findDispute('PP-D-1')).toBeNull()
		answering({ status: 'A_NEW_WORD' })
		await expect(disputes.findDispute('PP-D-1')).rejects.toThrow('unknown state CHARGEBACK A_NEW_WORD')
		answering({ dispute_amount: usd('0.005') })
		await expect(disputes.findDispute('PP-D-1')).rejects.toThrow('is no amount')
		answering({ disputed_transactions: [] })
		await expect(disputes.findDispute('PP-D-1')).rejects.toThrow()
	})

	test('about a charge PayPal no longer knows names no payment', async () => {
		answering({})
		server.use(http.get(CAPTURE, () => HttpResponse.json({ name: 'RESOURCE_NOT_FOUND' }, { status: 404 })))
		expect(await disputes.findDispute('PP-D-1')).toMatchObject({ paymentRef: null, attemptId: null })
	})
})

test('cases are listed page by page, where we ask and not where a link leads', async () => {
	const asked: string[] = []
	server.use(
		http.get(DISPUTES, ({ request }) => {
			const { searchParams } = new URL(request.url)
			asked.push(searchParams.get('start_time') ?? '')
			const isFirst = searchParams.get('next_page_token') === null
			const next = `https://evil.test/elsewhere?start_time=2026-11-01T00%3A00%3A00.000Z&next_page_token=2`
			return HttpResponse.json({
				items: [{ dispute_id: isFirst ? 'PP-D-2' : 'PP-D-1' }],
				links: isFirst ? [{ rel: 'next', href: next }] : [],
			})
		}),
	)
	expect(await disputes.listRefsSince(new Date('2026-11-01T00:00:00Z'))).toEqual(['PP-D-2', 'PP-D-1'])
	expect(asked).toEqual(['2026-11-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z'])
})

describe('an answer to PayPal', () => {
	const EVIDENCE = {
		customer_name: 'Ada',
		shipping_tracking_number: '1Z999',
		shipping_carrier: 'UPS',
		uncategorized_text: 'y'.repeat(4_500),
	}
	const submit = () => disputes.submitEvidence({ key: 'dp_1:submit', ref: 'PP-D-1', evidence: EVIDENCE })
	const failing = (status: number, body: object) =>
		server.use(http.post(`${DISPUTES}/PP-D-1/:act`, () => HttpResponse.json(body, { status })))

	test('goes out once, under its own key, whole', async () => {
		const sent: { key: string | null; input: { evidences: Record<string, unknown>[] } }[] = []
		answering({ status: 'UNDER_REVIEW' })
		server.use(
			http.post(`${DISPUTES}/PP-D-1/provide-evidence`, async ({ request }) => {
				const input = (await request.formData()).get('input') as File
				sent.push({
					key: request.headers.get('paypal-request-id'),
					input: JSON.parse(await input.text()) as (typeof sent)[number]['input'],
				})
				return HttpResponse.json({ links: [] })
			}),
		)
		expect(await submit()).toMatchObject({ kind: 'taken', dispute: { status: 'under_review' } })
		const [call, ...more] = sent
		expect(more).toEqual([])
		expect(call?.key).toBe('dp_1:submit')
		const [parcel, ...notes] = call?.input.evidences ?? []
		expect(parcel).toEqual({
			evidence_type: 'PROOF_OF_FULFILLMENT',
			evidence_info: {
				tracking_info: [{ carrier_name: 'OTHER', carrier_name_other: 'UPS', tracking_number: '1Z999' }],
			},
		})
		const text = notes.map((piece) => piece['notes'] as string)
		expect(Math.max(...text.map((piece) => piece.length))).toBe(2_000)
		expect(text.join('')).toContain('customer name: Ada')
		expect(text.join('')).toContain('y'.repeat(4_500))
	})

	test('that PayPal refuses was not taken', async () => {
		const issue = 'ACTION_NOT_ALLOWED_IN_CURRENT_DISPUTE_STATE'
		failing(422, { name: 'UNPROCESSABLE_ENTITY', details: [{ issue, description: 'Too late.' }] })
		expect(await submit()).toEqual({ kind: 'refused', reason: 'Too late.' })
	})

	test.each([500, 429, 409, 401, 403])('after a %d: nobody knows', async (status) => {
		failing(status, { name: 'SOMETHING' })
		expect(await submit()).toMatchObject({ kind: 'unknown' })
		expect(await disputes.accept({ key: 'dp_1:accept', ref: 'PP-D-1' })).toMatchObject({ kind: 'unknown' })
	})

	test('that was taken, but cannot be looked at: nobody knows', async () => {
		failing(200, { links: [] })
		server.use(http.get(`${DISPUTES}/PP-D-1`, () => HttpResponse.text('{"dispute_id":"PP')))
		expect(await submit()).toMatchObject({ kind: 'unknown' })
	})
})
