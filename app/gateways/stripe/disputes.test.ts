import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createStripe } from './client.server.ts'
import { createStripeDisputeGateway } from './disputes.server.ts'

const BASE = 'http://stripe.invalid'
const server = setupServer()
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const gateway = createStripeDisputeGateway(
	createStripe({ secretKey: 'sk_test_1', apiBase: BASE, timeoutMs: 1_000 }),
)

const line = (amount: number, fee: number, currency = 'eur') => ({ amount, fee, currency })
const DISPUTE = {
	id: 'du_1',
	object: 'dispute',
	amount: 2_000,
	currency: 'eur',
	balance_transactions: [line(-2_000, 1_500)],
	charge: 'ch_1',
	payment_intent: { id: 'pi_1', object: 'payment_intent', metadata: { attempt_id: 'att_1' } },
	created: 1_780_000_000,
	reason: 'fraudulent',
	network_reason_code: '10.4',
	is_charge_refundable: false,
	evidence_details: { due_by: 1_780_600_000, has_evidence: false, past_due: false, submission_count: 0 },
	status: 'needs_response',
}

const answering = (changes: object) =>
	server.use(http.get(`${BASE}/v1/disputes/:id`, () => HttpResponse.json({ ...DISPUTE, ...changes })))

describe('a dispute read', () => {
	test('with the amount and the fee that left the balance', async () => {
		answering({})
		expect(await gateway.findDispute('du_1')).toEqual({
			ref: 'du_1',
			paymentRef: 'pi_1',
			attemptId: 'att_1',
			stage: 'dispute',
			status: 'needs_response',
			amountMinor: 2_000n,
			currency: 'eur',
			withdrawn: { amountMinor: 2_000n, feeMinor: 1_500n },
			reinstated: null,
			reason: 'fraudulent',
			networkReasonCode: '10.4',
			isChargeRefundable: false,
			dueAt: new Date(1_780_600_000_000),
			submissions: 0,
			openedAt: new Date(1_780_000_000_000),
		})
	})

	test('with what came back: all of it, or without the fee', async () => {
		answering({ status: 'won', balance_transactions: [line(-2_000, 1_500), line(2_000, -1_500)] })
		expect(await gateway.findDispute('du_1')).toMatchObject({
			withdrawn: { amountMinor: 2_000n, feeMinor: 1_500n },
			reinstated: { amountMinor: 2_000n, feeMinor: 1_500n },
		})
		answering({ status: 'won', balance_transactions: [line(-2_000, 1_500), line(2_000, 0)] })
		expect(await gateway.findDispute('du_1')).toMatchObject({ reinstated: { feeMinor: 0n } })
	})

	test('whose account is settled in another currency: the fee is not known in the payment’s', async () => {
		answering({ balance_transactions: [line(-2_310, 1_620, 'usd')] })
		expect(await gateway.findDispute('du_1')).toMatchObject({
			withdrawn: { amountMinor: 2_000n, feeMinor: 0n },
		})
	})

	test('that the bank does not let anybody answer', async () => {
		answering({ evidence_details: { ...DISPUTE.evidence_details, due_by: 0 } })
		expect(await gateway.findDispute('du_1')).toMatchObject({ dueAt: null })
	})

	test('that nobody knows is null, and one that cannot be read is an error', async () => {
		const error = { type: 'invalid_request_error', code: 'resource_missing', message: 'No such dispute' }
		server.use(http.get(`${BASE}/v1/disputes/:id`, () => HttpResponse.json({ error }, { status: 404 })))
		expect(await gateway.findDispute('du_none')).toBeNull()
		answering({ status: 'a_new_word' })
		await expect(gateway.findDispute('du_1')).rejects.toThrow('unknown status a_new_word')
		answering({ amount: 0.5 })
		await expect(gateway.findDispute('du_1')).rejects.toThrow('is no amount in')
	})
})

describe('an answer to the bank', () => {
	const submit = () =>
		gateway.submitEvidence({ key: 'dp_1:submit', ref: 'du_1', evidence: { customer_name: 'Ada' } })
	const failing = (status: number, error: object) =>
		server.use(http.post(`${BASE}/v1/disputes/:id`, () => HttpResponse.json({ error }, { status })))

	test('goes out once, under its own key, and is final', async () => {
		const sent: { key: string | null; body: string }[] = []
		server.use(
			http.post(`${BASE}/v1/disputes/:id`, async ({ request }) => {
				sent.push({ key: request.headers.get('idempotency-key'), body: await request.text() })
				return HttpResponse.json({ ...DISPUTE, status: 'under_review' })
			}),
		)
		expect(await submit()).toMatchObject({ kind: 'taken', dispute: { status: 'under_review' } })
		expect(sent).toEqual([{ key: 'dp_1:submit', body: 'evidence[customer_name]=Ada&submit=true' }])
	})

	test('that the gateway calls invalid was not taken', async () => {
		failing(400, { type: 'invalid_request_error', message: 'This dispute is already closed' })
		expect(await submit()).toEqual({ kind: 'refused', reason: 'This dispute is already closed' })
	})

	test.each([
		[500, { type: 'api_error', message: 'An unknown error occurred.' }],
		[429, { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many.' }],
		[409, { type: 'idempotency_error', code: 'idempotency_key_in_use', message: 'In use.' }],
		[400, { type: 'idempotency_error', message: 'Keys for other parameters.' }],
		[401, { type: 'invalid_request_error', message: 'Invalid API Key provided.' }],
	])('after a %d: nobody knows', async (status, error) => {
		failing(status, error)
		expect(await submit()).toMatchObject({ kind: 'unknown' })
	})

	test('that comes back as half a sentence: nobody knows', async () => {
		server.use(http.post(`${BASE}/v1/disputes/:id/close`, () => HttpResponse.text('{"id":"du_1","sta')))
		expect(await gateway.accept({ key: 'dp_1:accept', ref: 'du_1' })).toMatchObject({ kind: 'unknown' })
	})
})
