import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCheckoutSession } from '#app/commands/checkout/open-checkout-session.server.ts'
import { PRODUCTS } from '#app/domain/shop/products.ts'
import { openHouse, type Answer, type House } from '#tests/support/house.ts'
import { countRows } from './kept-rows.ts'
import { expectBalancedBooks } from './ledger-sums.ts'
import { expectRefusal } from './refusal.ts'

let house: House
/** Its worker is off: what is confirmed here stays in screening. */
let sleepingHouse: House
beforeAll(async () => {
	house = await openHouse({ webhooks: false })
	sleepingHouse = await openHouse({ worker: false, webhooks: false })
})
afterAll(async () => {
	await expectBalancedBooks(house)
	await house.close()
	await sleepingHouse.close()
})

const WAIT = { prefer: 'wait=15' }
const CARD = { amount: 1_999, currency: 'eur', payment_method: 'pm_card_visa', confirm: true }
const ABOVE_5000_USD = { ...CARD, amount: 500_001, currency: 'usd' }

/** How to bring a payment into each state it can rest in. */
const BODIES = {
	requires_payment_method: { amount: 1_999, currency: 'eur' },
	requires_capture: { ...CARD, capture_method: 'manual' },
	in_review: ABOVE_5000_USD,
	succeeded: CARD,
	failed: { ...CARD, payment_method: 'pm_card_chargeDeclined' },
} as const
type Start = keyof typeof BODIES | 'requires_action' | 'canceled'

/** Only a shopper can be asked to authenticate: an order of the shop, paid with a card that wants 3-D Secure. */
async function challengedPayment(): Promise<string> {
	const items = [{ productId: PRODUCTS[0]?.id ?? '', quantity: 1 }]
	const { sessionId } = await openCheckoutSession(house.services, { items })
	const made = await fetch(`${house.sandbox.url}/v1/test_helpers/confirmation_tokens`, {
		method: 'POST',
		headers: { authorization: `Bearer ${house.services.connections.stripe.secretKey}` },
		body: new URLSearchParams({ payment_method: 'pm_card_authenticationRequired' }),
	})
	const { id: token } = (await made.json()) as { id: string }
	const confirmed = await house.call(
		'POST',
		`/checkout/${sessionId}/confirm`,
		{ confirmation_token: token },
		{ 'sec-fetch-site': 'same-origin' },
	)
	const { payment } = confirmed.body as { payment: { id: string } }
	await expect.poll(async () => (await read(payment.id))['status']).toBe('requires_action')
	return payment.id
}

async function paymentThatIs(status: Start): Promise<string> {
	if (status === 'requires_action') return challengedPayment()
	const body = status === 'canceled' ? BODIES.requires_payment_method : BODIES[status]
	const created = await house.call('POST', '/api/v1/payments', body, WAIT)
	const id = String(created.body['id'])
	if (status === 'canceled') await act(id, 'cancel')
	expect(await read(id)).toMatchObject({ status })
	return id
}

const act = (id: string, operation: string, body: unknown = {}, headers: Record<string, string> = WAIT) =>
	house.call('POST', `/api/v1/payments/${id}/${operation}`, body, headers)
const read = async (id: string) => (await house.call('GET', `/api/v1/payments/${id}`)).body
const chargeOf = async (id: string) =>
	(await house.sandbox.books()).charges.find((charge) => charge.metadata['payment_id'] === id)

const ALLOWED: Record<string, Partial<Record<Start, string>>> = {
	confirm: { requires_payment_method: 'succeeded' },
	capture: { requires_capture: 'succeeded', in_review: 'succeeded' },
	cancel: {
		requires_payment_method: 'canceled',
		requires_action: 'canceled',
		requires_capture: 'canceled',
		in_review: 'canceled',
	},
	approve: { in_review: 'succeeded' },
	reject: { in_review: 'failed' },
}
const STARTS = [...(Object.keys(BODIES) as Start[]), 'requires_action', 'canceled'] as const
const cells = Object.entries(ALLOWED).flatMap(([operation, row]) =>
	STARTS.map((from) => ({ operation, from, to: row[from] })),
)
const bodyFor = (operation: string) => (operation === 'confirm' ? { payment_method: 'pm_card_visa' } : {})

test.each(cells.filter(({ to }) => to))('$operation takes a payment from $from to $to', async (cell) => {
	const id = await paymentThatIs(cell.from)
	const answer = await act(id, cell.operation, bodyFor(cell.operation))
	expect(answer).toMatchObject({ status: 200, body: { id, status: cell.to } })
	expect(await read(id)).toMatchObject({ status: cell.to })
	const charge = await chargeOf(id)
	expect(charge?.captured ?? false).toBe(cell.to === 'succeeded')
})

test.each(cells.filter(({ to }) => !to))('a payment that is $from refuses to $operation', async (cell) => {
	const id = await paymentThatIs(cell.from)
	const before = await countRows(house)
	const answer = await act(id, cell.operation, bodyFor(cell.operation))
	expectRefusal(answer, 409, { code: 'payment_state_conflict', type: 'invalid_request_error' })
	expect(await read(id)).toMatchObject({ status: cell.from })
	expect(await countRows(house)).toEqual(before)
})

test.each([...Object.keys(ALLOWED), 'refund'])('a payment in screening refuses to %s', async (operation) => {
	const created = await sleepingHouse.call('POST', '/api/v1/payments', CARD)
	const path = `/api/v1/payments/${String(created.body['id'])}/${operation}`
	const before = await countRows(sleepingHouse)
	const code = operation === 'refund' ? 'payment_not_refundable' : 'payment_state_conflict'
	expectRefusal(await sleepingHouse.call('POST', path, {}), 409, { code })
	expect(await countRows(sleepingHouse)).toEqual(before)
})

test('a payment without a method cannot be confirmed, and says so', async () => {
	const id = await paymentThatIs('requires_payment_method')
	expectRefusal(await act(id, 'confirm'), 400, { code: 'parameter_missing', param: 'payment_method' })
})

describe('capture', () => {
	test('of a part takes that part and releases the rest', async () => {
		const id = await paymentThatIs('requires_capture')
		const answer = await act(id, 'capture', { amount_to_capture: 1_200 })
		expect(answer).toMatchObject({
			status: 200,
			body: { status: 'succeeded', amount: 1_999, amount_captured: 1_200, amount_refundable: 1_200 },
		})
	})

	test('of exactly the authorized amount is a full one', async () => {
		const id = await paymentThatIs('requires_capture')
		const answer = await act(id, 'capture', { amount_to_capture: 1_999 })
		expect(answer).toMatchObject({ status: 200, body: { amount_captured: 1_999 } })
	})

	test('above the authorized amount is refused by name, and can be mended', async () => {
		const id = await paymentThatIs('requires_capture')
		const refused = await act(id, 'capture', { amount_to_capture: 2_000 })
		expectRefusal(refused, 400, { code: 'amount_too_large', param: 'amount_to_capture' })
		expect(await act(id, 'capture')).toMatchObject({ status: 200, body: { amount_captured: 1_999 } })
	})

	test.each([0, -1, 1.5, '1999', null, 1e308])('of %j is refused by name', async (amount) => {
		const id = await paymentThatIs('requires_capture')
		const refused = await act(id, 'capture', { amount_to_capture: amount })
		expectRefusal(refused, 400, { code: 'parameter_invalid', param: 'amount_to_capture' })
	})

	test('twice takes the money once', async () => {
		const id = await paymentThatIs('requires_capture')
		expect(await act(id, 'capture')).toMatchObject({ status: 200, body: { status: 'succeeded' } })
		expectRefusal(await act(id, 'capture'), 409, { code: 'payment_state_conflict' })
		expect(await read(id)).toMatchObject({ amount_captured: 1_999 })
		expect(await chargeOf(id)).toMatchObject({ captured: true })
	})

	test('and cancel at the same moment: one of them happens, and the other is told', async () => {
		const id = await paymentThatIs('requires_capture')
		const answers = await Promise.all([act(id, 'capture'), act(id, 'cancel')])
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
		const captured = answers[0]?.status === 200
		expect(await read(id)).toMatchObject({ status: captured ? 'succeeded' : 'canceled' })
		expect((await chargeOf(id))?.captured).toBe(captured)
	})

	test('by eight at the same moment takes the money once', async () => {
		const id = await paymentThatIs('requires_capture')
		const answers: Answer[] = await Promise.all(Array.from({ length: 8 }, () => act(id, 'capture')))
		expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true)
		expect(await read(id)).toMatchObject({ status: 'succeeded', amount_captured: 1_999 })
	})
})

test('above 5,000 USD the money is held until a person decides, and the reason is named', async () => {
	const id = await paymentThatIs('in_review')
	expect(await read(id)).toMatchObject({
		amount_captured: 0,
		risk: {
			decision: 'review',
			reasons: expect.arrayContaining([expect.objectContaining({ code: 'amount_above_5000_usd' })]),
		},
	})
	expect(await chargeOf(id)).toMatchObject({ captured: false, amount: 500_001 })
})

test('exactly 5,000 USD is taken without one', async () => {
	const created = await house.call('POST', '/api/v1/payments', { ...ABOVE_5000_USD, amount: 500_000 }, WAIT)
	expect(created).toMatchObject({ status: 201, body: { status: 'succeeded' } })
})

test('a decline is told in plain words', async () => {
	const created = await house.call('POST', '/api/v1/payments', BODIES.failed, WAIT)
	expect(created).toMatchObject({
		status: 201,
		body: { status: 'failed', last_payment_error: { type: 'card_error', code: 'card_declined' } },
	})
})
