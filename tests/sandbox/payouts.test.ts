import { expect, test } from 'vitest'
import { openGateway, pay } from './gateway.ts'

const CARD_AT_ONCE = 'pm_card_bypassPending'
const DAYS = 86_400

test('everything that has settled goes to the bank, once', async () => {
	const { control, stripe } = await openGateway({ clockFactor: 1 })
	await pay(stripe, 'pm_card_visa')
	expect(await control('POST', '/payouts')).toEqual({ payouts: [] })
	await control('POST', '/advance', { seconds: 2 * DAYS })
	const { payouts } = await control('POST', '/payouts')
	expect(payouts).toMatchObject([{ amount: 5_000 - 175, currency: 'usd', status: 'in_transit' }])
	expect(await control('POST', '/payouts')).toEqual({ payouts: [] })
	const [made] = (await stripe.payouts.list()).data
	const lines = await stripe.balanceTransactions.list({ source: String(made?.id) })
	expect(lines.data).toMatchObject([{ type: 'payout', amount: -4_825, net: -4_825, fee: 0 }])
})

test('a payout arrives after two days and says so', async () => {
	const { control, stripe } = await openGateway({ clockFactor: 1 })
	await pay(stripe, CARD_AT_ONCE)
	const sent = await stripe.payouts.create({ amount: 1_000, currency: 'usd', statement_descriptor: 'SHOP' })
	expect(sent).toMatchObject({ status: 'in_transit', automatic: false, statement_descriptor: 'SHOP' })
	await control('POST', '/advance', { seconds: 2 * DAYS })
	expect(await stripe.payouts.retrieve(sent.id)).toMatchObject({ status: 'paid' })
	expect((await stripe.events.list({ type: 'payout.paid' })).data).toHaveLength(1)
})

test('nobody pays out more than has settled', async () => {
	const { control, stripe } = await openGateway({ clockFactor: 1 })
	await pay(stripe, 'pm_card_visa')
	const early = stripe.payouts.create({ amount: 1_000, currency: 'usd' })
	await expect(early).rejects.toMatchObject({ code: 'balance_insufficient' })
	expect(await control('POST', '/payouts', { pending: true })).toMatchObject({ payouts: [{ amount: 4_825 }] })
})
