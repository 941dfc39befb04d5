import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createPayPal } from './paypal.server.ts'

const BASE = 'http://paypal.invalid'
const server = setupServer()
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
beforeEach(() => {
	server.use(
		http.post(`${BASE}/v1/oauth2/token`, () =>
			HttpResponse.json({ access_token: 't', token_type: 'Bearer', expires_in: 32_400 }),
		),
		http.get(`${BASE}/v1/customer/disputes`, ({ request }) => {
			const about = new URL(request.url).searchParams.get('disputed_transaction_id')
			return HttpResponse.json({ items: about === 'C1' ? [{ dispute_id: 'PP-D-1' }] : [] })
		}),
	)
})
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const { books } = createPayPal({
	state: 'test',
	clientId: 'client',
	clientSecret: 'secret',
	webhookId: null,
	apiBase: BASE,
	sandboxOrigin: null,
	brandName: null,
	timeoutMs: 1_000,
})

type Line = {
	id: string
	code: string
	at: string
	value: string
	fee?: string
	status?: string
	about?: string
}

const detail = ({ id, code, at, value, fee, status = 'S', about }: Line) => ({
	transaction_info: {
		transaction_id: id,
		transaction_event_code: code,
		transaction_initiation_date: at.replace('Z', '+0000'),
		transaction_amount: { currency_code: 'EUR', value },
		...(fee !== undefined && { fee_amount: { currency_code: 'EUR', value: fee } }),
		transaction_status: status,
		...(about !== undefined && { paypal_reference_id: about, paypal_reference_id_type: 'TXN' }),
	},
})

type Asked = { from: string; until: string; page: number }

/** PayPal's search over these lines, with its limits: 31 days, `most` lines, `size` on a page. */
function account(lines: readonly Line[], { most = 10_000, size = 500 } = {}): Asked[] {
	const asked: Asked[] = []
	server.use(
		http.get(`${BASE}/v1/reporting/transactions`, ({ request }) => {
			const query = new URL(request.url).searchParams
			const [from, until] = [query.get('start_date') ?? '', query.get('end_date') ?? '']
			const page = Number(query.get('page'))
			asked.push({ from, until, page })
			if (Date.parse(until) - Date.parse(from) > 31 * 86_400_000)
				return HttpResponse.json({}, { status: 400 })
			const found = lines.filter(({ at }) => at >= from && at <= until)
			if (found.length > most) {
				const body = { name: 'RESULTSET_TOO_LARGE', message: 'x', debug_id: '1' }
				return HttpResponse.json(body, { status: 400 })
			}
			return HttpResponse.json({
				transaction_details: found.slice((page - 1) * size, page * size).map(detail),
				total_pages: Math.ceil(found.length / size),
			})
		}),
	)
	return asked
}

const NOVEMBER = { from: new Date('2026-11-01T00:00:00Z'), until: new Date('2026-12-01T00:00:00Z') }
const at = (day: number, second = 0) =>
	`2026-11-${String(day).padStart(2, '0')}T00:00:${String(second).padStart(2, '0')}Z`

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
	const found: T[] = []
	for await (const item of items) found.push(item)
	return found
}

test('lines of the account: what they are, what they are about, and what is left after the fee', async () => {
	account([
		{ id: 'C1', code: 'T0006', at: at(2), value: '50.00', fee: '-2.24' },
		{ id: 'R1', code: 'T1107', at: at(3), value: '-20.00', fee: '0.70', about: 'C1' },
		{ id: 'H1', code: 'T1110', at: at(4), value: '-30.00', about: 'C1' },
		{ id: 'H2', code: 'T1110', at: at(5), value: '-1.00', about: 'C9' },
		{ id: 'W1', code: 'T0403', at: at(6), value: '-17.76' },
		{ id: 'X1', code: 'T0101', at: at(7), value: '-30.00' },
		{ id: 'N1', code: 'T0006', at: at(8), value: '5.00', status: 'D' },
		{ id: 'N2', code: 'T0006', at: at(9), value: '5.00', status: 'P' },
	])
	const lines = await all(books.movements(NOVEMBER))
	const shown = lines.map(({ ref, type, sourceRef, amountMinor, feeMinor, netMinor }) => [
		ref,
		type,
		sourceRef,
		amountMinor,
		feeMinor,
		netMinor,
	])
	expect(shown).toEqual([
		['X1', 'T0101', null, -3_000n, 0n, -3_000n],
		['W1', 'payout', 'W1', -1_776n, 0n, -1_776n],
		['H2', 'dispute', 'C9', -100n, 0n, -100n],
		['H1', 'dispute', 'PP-D-1', -3_000n, 0n, -3_000n],
		['R1', 'refund', 'R1', -2_000n, -70n, -1_930n],
		['C1', 'charge', 'C1', 5_000n, 224n, 4_776n],
	])
	expect(lines.at(-1)?.occurredAt).toEqual(new Date(at(2)))
})

test('payouts are what went to the bank', async () => {
	account([
		{ id: 'W1', code: 'T0403', at: at(6), value: '-17.76' },
		{ id: 'W2', code: 'T0400', at: at(7), value: '-5.00', status: 'P' },
		{ id: 'W3', code: 'T0400', at: at(8), value: '-5.00', status: 'D' },
		{ id: 'B1', code: 'T0300', at: at(9), value: '5.00' },
		{ id: 'W4', code: 'T0400', at: at(10), value: '5.00' },
	])
	expect(await all(books.payouts(NOVEMBER))).toMatchObject([
		{ ref: 'W3', status: 'failed' },
		{ ref: 'W2', status: 'in_transit', amountMinor: 500n },
		{ ref: 'W1', status: 'paid', amountMinor: 1_776n, currency: 'eur', statementText: 'PAYPAL' },
	])
})

test('every page, and no line twice or from outside the span', async () => {
	const lines = Array.from({ length: 1_234 }, (_, index) => ({
		id: `W${index}`,
		code: 'T0400',
		at: at(1 + Math.floor(index / 60), index % 60),
		value: '-1.00',
	}))
	account([...lines, { id: 'LATE', code: 'T0400', at: '2026-12-01T00:00:00Z', value: '-1.00' }])
	const found = await all(books.payouts(NOVEMBER))
	expect(found).toHaveLength(1_234)
	expect(new Set(found.map(({ ref }) => ref)).size).toBe(1_234)
	const times = found.map(({ createdAt }) => createdAt.getTime())
	expect(times).toEqual(times.toSorted((a, b) => b - a))
})

test('more than PayPal will count at once is read in smaller parts', async () => {
	const lines = Array.from({ length: 60 }, (_, index) => ({
		id: `W${index}`,
		code: 'T0400',
		at: at(15, index),
		value: '-1.00',
	}))
	const asked = account(lines, { most: 10 })
	expect(await all(books.payouts(NOVEMBER))).toHaveLength(60)
	expect(asked.length).toBeGreaterThan(6)
})

test('more lines in one second than PayPal will count cannot be read, and that is said', async () => {
	const lines = Array.from({ length: 20 }, (_, index) => ({
		id: `W${index}`,
		code: 'T0400',
		at: at(15),
		value: '-1.00',
	}))
	account(lines, { most: 10 })
	await expect(all(books.payouts(NOVEMBER))).rejects.toThrow()
})

test('a long span is read a month at a time', async () => {
	const asked = account([{ id: 'W1', code: 'T0400', at: '2026-01-05T00:00:00Z', value: '-1.00' }])
	const year = { from: new Date('2026-01-01T00:00:00Z'), until: new Date('2027-01-01T00:00:00Z') }
	expect(await all(books.payouts(year))).toHaveLength(1)
	expect(asked).toHaveLength(12)
})
