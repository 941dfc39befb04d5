import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setCurrencies } from '#app/commands/fx/set-currencies.server.ts'
import { nextRefresh, presentCurrencySettings } from '#app/presenters/currency-settings.server.ts'
import { presentOverview } from '#app/presenters/overview.server.ts'
import { presentPaymentDetail } from '#app/presenters/payment-detail.server.ts'
import { presentReceipt } from '#app/presenters/receipt.server.ts'
import { sendRefund } from '#jobs/catalog/payments.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { addMerchant } from '../../http/second-merchant.ts'
import { chargedPayment, runNow } from '../payments/by-hand.ts'
import { takeRefund } from '../refunds/by-hand.ts'
import { publish, quotedPayment, takeQuote, order } from './by-hand.ts'

const actor = { kind: 'console', ref: 'usr_1' } as const
const today = new Date().toISOString().slice(0, 10)
const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

describe('currency settings', () => {
	const settings = (merchantId: string) =>
		presentCurrencySettings(house.services, { merchantId, maySet: true })
	const set = (merchantId: string, settlementCurrency: string, spreadBps: number) =>
		setCurrencies(house.services, { merchantId, settlementCurrency, spreadBps, actor })

	test('of a business without money yet may be changed, and the change is on record', async () => {
		const { merchantId } = await addMerchant(house)
		expect(await settings(merchantId)).toMatchObject({
			settlementCurrency: 'eur',
			fixedBecause: null,
			spreadBps: 150,
			nextRefreshAt: null,
			rates: { as_of: '2026-03-13', is_stale: true, is_quoted: true },
		})
		await set(merchantId, 'gbp', 80)
		await set(merchantId, 'gbp', 80)
		expect(await settings(merchantId)).toMatchObject({ settlementCurrency: 'gbp', spreadBps: 80 })
		const audit = await house.services.db
			.selectFrom('audit_log')
			.select(['action', 'actor', 'before', 'after'])
			.where('merchant_id', '=', merchantId)
			.execute()
		expect(audit).toMatchObject([
			{
				action: 'currencies.changed',
				actor: 'console:usr_1',
				before: { settlement_currency: 'eur', spread_bps: 150 },
				after: { settlement_currency: 'gbp', spread_bps: 80 },
			},
		])
	})

	test('of a business that took money: the currency stays, the spread does not', async () => {
		await chargedPayment(house)
		const { merchantId } = house.demo
		expect((await settings(merchantId)).fixedBecause).toContain('taken already')
		await expect(set(merchantId, 'eur', 150)).rejects.toMatchObject({
			code: 'settlement_currency_fixed',
			param: 'settlement_currency',
		})
		await set(merchantId, 'usd', 0)
		// 24.00 USD without a spread.
		expect((await takeQuote(house, await order(house), 'eur')).presentment.amount).toBe(2_092)
		await set(merchantId, 'usd', 150)
	})

	test.each([
		['2026-11-21T00:00:00Z', '2026-11-21T04:15:00Z'],
		['2026-11-21T04:15:00Z', '2026-11-21T10:15:00Z'],
		['2026-11-21T15:59:59Z', '2026-11-21T16:15:00Z'],
		['2026-12-31T23:00:00Z', '2027-01-01T04:15:00Z'],
	])('at %s the next look is at %s', (now, next) => {
		expect(nextRefresh(new Date(now)).toISOString()).toBe(new Date(next).toISOString())
	})
})

describe('a payment in another currency', () => {
	const viewer = () => ({ merchantId: house.demo.merchantId, actor })

	test('shows what the shopper paid, at which rate, what the merchant gets, and what its refund cost', async () => {
		await publish(house, yesterday, { usd: '1.1', jpy: '165' })
		const { paymentId, sessionId } = await quotedPayment(house, 'jpy')
		await publish(house, today, { usd: '1.1', jpy: '150' })
		await takeRefund(house, paymentId, 1_827)
		await runNow(house, sendRefund)
		const exchange = {
			presentment: { amount: 3_654, currency: 'jpy' },
			settlement: { amount: 2_400, currency: 'usd' },
			rate: '152.25',
			midRate: '150',
			spreadBps: 150,
			source: 'ecb',
			asOf: yesterday,
		}
		const detail = await presentPaymentDetail(house.services, viewer(), paymentId)
		expect(detail?.exchange).toEqual(exchange)
		expect(detail?.refunds).toMatchObject([{ exchange: { amount: 1_200, currency: 'usd', result: 120 } }])
		expect(detail?.postings.map(({ kind }) => kind)).toEqual([
			'capture',
			'conversion',
			'refund_reserve',
			'conversion_back',
			'refund',
		])
		expect(await presentReceipt(house.services, { sessionId })).toMatchObject({
			amount: 3_654,
			currency: 'jpy',
			order: { amount: 2_400, currency: 'usd' },
			exchange,
		})
	})

	test('in the order’s own currency shows none', async () => {
		const id = await chargedPayment(house)
		expect(await presentPaymentDetail(house.services, viewer(), id)).toMatchObject({ exchange: null })
	})

	test('counts in the overview by the rates of a day that is named', async () => {
		const { together } = await presentOverview(house.services, {
			merchantId: house.demo.merchantId,
			period: '24h',
			currency: 'usd',
		})
		// Two of 19.99 EUR at 1.1, and 3,654 yen at 136.36.
		expect(together).toEqual({
			amount: 2 * 1_999 * 1.1 + 0.2 + 2_680,
			currency: 'usd',
			asOf: today,
			source: 'ecb',
			isStale: false,
			leftOut: [],
		})
	})
})
