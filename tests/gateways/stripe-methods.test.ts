import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkAttempt } from '#jobs/catalog/payments.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { advance } from '../integration/disputes/cases.ts'
import { violations } from '../integration/ledger/invariants.ts'
import {
	balancesOf,
	chargedPayment,
	onlyAttempt,
	paymentOf,
	runNow,
} from '../integration/payments/by-hand.ts'
import { reconcile } from '../integration/reconciliation/plants.ts'
import { discoverDisputes } from '#jobs/catalog/disputes.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false, sandbox: { SANDBOX_CLOCK_FACTOR: '1' } })
})
afterAll(() => house.close())

const TWO_WEEKS_SECONDS = 14 * 86_400

describe.each([
	{ type: 'sepa_debit', currency: 'eur', good: 'pm_sepaDebit_success', bad: 'pm_sepaDebit_failed' },
	{
		type: 'us_bank_account',
		currency: 'usd',
		good: 'pm_usBankAccount_success',
		bad: 'pm_usBankAccount_insufficientFunds',
	},
])('$type', ({ type, currency, good, bad }) => {
	test('is under way for days, and then paid', async () => {
		const id = await chargedPayment(house, { payment_method: good, amount: 4_200, currency })
		expect(await paymentOf(house, id)).toMatchObject({ status: 'processing', method_type: type })
		expect((await paymentOf(house, id)).card_last4).toMatch(/^\d{4}$/)
		await advance(house, TWO_WEEKS_SECONDS)
		await runNow(house, checkAttempt)
		expect(await paymentOf(house, id)).toMatchObject({ status: 'succeeded', captured_minor: 4_200n })
	})

	test('is returned by the bank: nothing was taken, and the words say so', async () => {
		const before = await balancesOf(house, currency)
		const id = await chargedPayment(house, { payment_method: bad, amount: 4_200, currency })
		expect((await paymentOf(house, id)).status).toBe('processing')
		await advance(house, TWO_WEEKS_SECONDS)
		await runNow(house, checkAttempt)
		const payment = await paymentOf(house, id)
		expect(payment.status).toBe('failed')
		expect((payment.error as { message: string }).message).toContain('Nothing was charged')
		expect(await balancesOf(house, currency)).toEqual(before)
	})
})

test('a debit taken back after it was paid is a dispute that is lost at once', async () => {
	const id = await chargedPayment(house, {
		payment_method: 'pm_sepaDebit_dispute',
		amount: 4_200,
		currency: 'eur',
	})
	await advance(house, TWO_WEEKS_SECONDS)
	await runNow(house, checkAttempt)
	expect((await paymentOf(house, id)).status).toBe('succeeded')
	await advance(house, 60 * 86_400)
	await house.services.db.transaction().execute((tx) => house.services.enqueue(tx, discoverDisputes, [{}]))
	await runNow(house, discoverDisputes)
	const dispute = await house.services.db
		.selectFrom('disputes')
		.selectAll()
		.where('payment_id', '=', id)
		.executeTakeFirstOrThrow()
	expect(dispute).toMatchObject({ status: 'lost', funds: 'lost', amount_minor: 4_200n })
	const refund = await house.call('POST', `/api/v1/payments/${id}/refund`, {})
	expect(refund.status).toBe(409)
})

test.each([
	['pm_sandbox_apple_pay', 'apple_pay'],
	['pm_sandbox_google_pay', 'google_pay'],
	['pm_sandbox_link', 'link'],
	['pm_card_visa', 'card'],
])('%s is taken as %s', async (method, type) => {
	const id = await chargedPayment(house, { payment_method: method })
	expect(await paymentOf(house, id)).toMatchObject({ status: 'succeeded', method_type: type })
	expect((await onlyAttempt(house, id)).status).toBe('succeeded')
})

test('the books hold, and the gateway’s agree with ours', async () => {
	await reconcile(house)
	const open = await house.services.db
		.selectFrom('reconciliation_differences')
		.select(['class', 'kind', 'detail'])
		.where('closed_at', 'is', null)
		.execute()
	expect(open).toEqual([])
	expect(await violations(house.owner)).toEqual([])
})
