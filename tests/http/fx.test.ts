import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FxQuote, FxRates } from '#app/contracts/fx.ts'
import { presentCheckout } from '#app/presenters/checkout.server.ts'
import { processPayment } from '#jobs/catalog/payments.ts'
import { openHouse, type Answer, type House } from '#tests/support/house.ts'
import { askQuote, confirm, order, publish, takeQuote } from '../integration/fx/by-hand.ts'
import { violations } from '../integration/ledger/invariants.ts'
import { chargesOf, paymentOf, runNow } from '../integration/payments/by-hand.ts'
import { countRows } from './kept-rows.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

const CARD = { confirmation_token: 'pm_card_visa', email: 'ada@example.com' }

const errorOf = ({ status, body }: Answer) => ({ status, ...(body['error'] as object) })

describe('a house that never reached the ECB', () => {
	test('shows the rates it was shipped with, and that they are old', async () => {
		const { status, body } = await house.call('GET', '/api/v1/fx/rates')
		expect(status).toBe(200)
		const rates = FxRates.parse(body)
		expect(rates).toMatchObject({ source: 'ecb_snapshot', as_of: '2026-03-13', is_stale: true })
		expect(rates.rates).toHaveLength(29)
		expect(rates.rates).toContainEqual({ currency: 'usd', rate: '1.1476' })
	})

	test('quotes by them while no real money moves', async () => {
		const sessionId = await order(house)
		const { status, body, text } = await askQuote(house, sessionId, { currency: 'EUR' })
		expect(status, text).toBe(200)
		const quote = FxQuote.parse(body['quote'])
		// 24.00 / 1.1476 × 1.015
		expect(quote).toMatchObject({
			settlement: { amount: 2_400, currency: 'usd' },
			presentment: { amount: 2_123, currency: 'eur' },
			spread_bps: 150,
			source: 'ecb_snapshot',
			as_of: '2026-03-13',
			checkout_session: sessionId,
		})
		expect(quote.expires_at - Math.floor(Date.now() / 1000)).toBeGreaterThan(590)
		expect(quote.expires_at - Math.floor(Date.now() / 1000)).toBeLessThanOrEqual(600)
	})

	test('the checkout page offers what there are rates for, never the order’s own currency', async () => {
		const view = await presentCheckout(house.services, { sessionId: await order(house), country: null })
		expect(view?.currencies).toHaveLength(29)
		expect(view?.currencies).toContain('eur')
		expect(view?.currencies).not.toContain('usd')
	})
})

describe('asking for a quote', () => {
	test('twice is one quote; in another currency it is another', async () => {
		const sessionId = await order(house)
		const first = await takeQuote(house, sessionId, 'eur')
		expect(await takeQuote(house, sessionId, 'eur')).toEqual(first)
		expect((await takeQuote(house, sessionId, 'jpy')).id).not.toBe(first.id)
	})

	test.each([
		[{ currency: 'zzz' }, 'currency', 'parameter_invalid'],
		[{ currency: 'usd' }, 'currency', 'currency_not_quoted'],
		[{ currency: 'kwd' }, 'currency', 'currency_not_quoted'],
		[{}, 'currency', 'parameter_invalid'],
		[{ currency: 'eur', amount: 1 }, 'amount', 'parameter_unknown'],
	])('with %o is refused by name', async (body, param, code) => {
		expect(errorOf(await askQuote(house, await order(house), body))).toMatchObject({
			status: 400,
			param,
			code,
		})
	})

	test('of an order that is over, or is none', async () => {
		const sessionId = await order(house)
		await sql`update checkout_sessions set expires_at = now() where id = ${sessionId}`.execute(house.owner)
		expect(errorOf(await askQuote(house, sessionId, { currency: 'eur' }))).toMatchObject({
			status: 409,
			code: 'checkout_session_expired',
		})
		const nobody = 'cs_00000000000000000000000000'
		expect(await askQuote(house, nobody, { currency: 'eur' })).toMatchObject({ status: 404 })
	})

	test('from another site is refused', async () => {
		const path = `/checkout/${await order(house)}/quote`
		const crossed = await house.call('POST', path, { currency: 'eur' }, { 'sec-fetch-site': 'cross-site' })
		expect(crossed.status).toBe(403)
	})

	test('what a quote says cannot be changed by the app', async () => {
		const { id } = await takeQuote(house, await order(house), 'eur')
		const { db } = house.services
		for (const change of [
			sql`update fx_quotes set presentment_minor = 1 where id = ${id}`,
			sql`delete from fx_quotes where id = ${id}`,
			sql`update fx_rates set rate = 1`,
		]) {
			await expect(change.execute(db)).rejects.toThrow('permission denied')
		}
	})
})

describe('paying by a quote', () => {
	test('that is over, unknown, of another order, or somebody else’s, charges nothing', async () => {
		const sessionId = await order(house)
		const over = await takeQuote(house, sessionId, 'eur')
		await sql`update fx_quotes set expires_at = now() where id = ${over.id}`.execute(house.owner)
		const other = await takeQuote(house, await order(house), 'eur')
		const api = await house.call('POST', '/api/v1/fx/quotes', { amount: 2_400, from: 'usd', to: 'eur' })
		const before = await countRows(house)
		for (const id of [over.id, other.id, String(api.body['id']), 'fxq_00000000000000000000000000']) {
			const answer = await confirm(house, sessionId, { ...CARD, quote_id: id })
			expect(errorOf(answer)).toMatchObject({ status: 409, code: 'quote_expired', param: 'quote_id' })
		}
		expect(await countRows(house)).toEqual(before)
	})

	test('of an order whose price is another now charges nothing', async () => {
		const sessionId = await order(house)
		const { id } = await takeQuote(house, sessionId, 'eur')
		await sql`update checkout_sessions set amount_minor = 9900 where id = ${sessionId}`.execute(house.owner)
		expect(errorOf(await confirm(house, sessionId, { ...CARD, quote_id: id }))).toMatchObject({
			status: 409,
			code: 'quote_expired',
		})
	})

	test('charges what it says, once, in its currency', async () => {
		const sessionId = await order(house)
		const quote = await takeQuote(house, sessionId, 'eur')
		const answers = await Promise.all(
			Array.from({ length: 8 }, () => confirm(house, sessionId, { ...CARD, quote_id: quote.id })),
		)
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
		await runNow(house, processPayment)
		const { id } = answers[0]?.body['payment'] as { id: string }
		expect(await paymentOf(house, id)).toMatchObject({
			status: 'succeeded',
			captured_minor: 2_123n,
			currency: 'eur',
		})
		expect(await chargesOf(house, id)).toMatchObject([{ amount: 2_123, currency: 'eur' }])
		expect(await violations(house.owner, ['I01', 'I02', 'I03', 'I09', 'I25', 'I31'])).toEqual([])
	})

	test('after a decline may change the currency, to a new quote and back to the order’s own', async () => {
		const sessionId = await order(house)
		const first = await takeQuote(house, sessionId, 'eur')
		const declined = { confirmation_token: 'pm_card_visa_chargeDeclined', quote_id: first.id }
		const { body } = await confirm(house, sessionId, declined)
		const { id } = body['payment'] as { id: string }
		await runNow(house, processPayment)
		expect(await paymentOf(house, id)).toMatchObject({ status: 'requires_payment_method', currency: 'eur' })

		const second = await takeQuote(house, sessionId, 'jpy')
		const again = await confirm(house, sessionId, {
			confirmation_token: 'pm_card_chargeDeclinedInsufficientFunds',
			quote_id: second.id,
		})
		expect(again.body['payment']).toMatchObject({ id, currency: 'jpy', amount: second.presentment.amount })
		await runNow(house, processPayment)

		const own = await confirm(house, sessionId, CARD)
		expect(own.body['payment']).toMatchObject({ id, currency: 'usd', amount: 2_400 })
		await runNow(house, processPayment)
		expect(await paymentOf(house, id)).toMatchObject({
			status: 'succeeded',
			captured_minor: 2_400n,
			fx_quote_id: null,
		})
		expect(await violations(house.owner, ['I01', 'I09', 'I14', 'I31'])).toEqual([])
	})

	test('that a declined try has used is still good for the same payment, and for no other', async () => {
		const sessionId = await order(house)
		const quote = await takeQuote(house, sessionId, 'eur')
		const declined = { confirmation_token: 'pm_card_visa_chargeDeclined', quote_id: quote.id }
		await confirm(house, sessionId, declined)
		await runNow(house, processPayment)
		const paid = await confirm(house, sessionId, { ...CARD, quote_id: quote.id })
		expect(paid.body['payment']).toMatchObject({ currency: 'eur', status: 'screening' })
		await runNow(house, processPayment)
	})
})

describe('POST /api/v1/fx/quotes', () => {
	const ask = (body: object, headers = {}) => house.call('POST', '/api/v1/fx/quotes', body, headers)

	test('prices an amount in another currency', async () => {
		const { status, body, text } = await ask({ amount: 10_000, from: 'EUR', to: 'jpy' })
		expect(status, text).toBe(201)
		expect(FxQuote.parse(body)).toMatchObject({
			settlement: { amount: 10_000, currency: 'eur' },
			// 100 × 182.85 × 1.015 = 18,559.275
			presentment: { amount: 18_560, currency: 'jpy' },
			rate: '185.59275',
			mid_rate: '182.85',
			checkout_session: null,
		})
	})

	test('under a key is one quote', async () => {
		const key = { 'idempotency-key': randomUUID() }
		const first = await ask({ amount: 500, from: 'eur', to: 'usd' }, key)
		const again = await ask({ amount: 500, from: 'eur', to: 'usd' }, key)
		expect(again).toMatchObject({ status: 201, text: first.text })
		expect(again.headers.get('idempotent-replayed')).toBe('true')
		expect((await ask({ amount: 501, from: 'eur', to: 'usd' }, key)).status).toBe(422)
	})

	test.each([
		[{ amount: 0, from: 'eur', to: 'usd' }, 'amount'],
		[{ amount: 1.5, from: 'eur', to: 'usd' }, 'amount'],
		[{ amount: '100', from: 'eur', to: 'usd' }, 'amount'],
		[{ amount: 100, from: 'eur', to: 'eur' }, 'to'],
		[{ amount: 100, from: 'xxx', to: 'eur' }, 'from'],
		[{ amount: 100, from: 'eur', to: 'kwd' }, 'to'],
		[{ amount: 999_999_999_999, from: 'eur', to: 'idr' }, 'to'],
		[{ amount: 100, from: 'eur' }, 'to'],
	])('%o is refused, naming %s', async (body, param) => {
		expect(errorOf(await ask(body))).toMatchObject({ status: 400, param })
	})

	test('needs the secret key', async () => {
		expect((await ask({}, { authorization: '' })).status).toBe(401)
		expect((await house.call('GET', '/api/v1/fx/rates', undefined, { authorization: '' })).status).toBe(401)
	})
})

describe('rates from the ECB that have become too old', () => {
	test('quote nobody, and the page offers no other currency', async () => {
		const eleven = new Date(Date.now() - 11 * 86_400_000).toISOString().slice(0, 10)
		await publish(house, eleven, { usd: '1.15', jpy: '180' })
		const sessionId = await order(house)
		expect(errorOf(await askQuote(house, sessionId, { currency: 'eur' }))).toMatchObject({
			status: 409,
			code: 'rates_too_old',
		})
		expect((await presentCheckout(house.services, { sessionId, country: null }))?.currencies).toEqual([])
		const { body } = await house.call('GET', '/api/v1/fx/rates')
		expect(body).toMatchObject({
			source: 'ecb',
			as_of: eleven,
			age_days: 11,
			is_stale: true,
			is_quoted: false,
		})
	})

	test('do not keep a shopper from paying as the order is, nor from a quote given before', async () => {
		const paid = await confirm(house, await order(house), CARD)
		expect(paid.body['payment']).toMatchObject({ currency: 'usd', amount: 2_400 })
	})
})
