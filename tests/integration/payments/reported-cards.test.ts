import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listAttempts } from '#db/queries/attempts.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { violations } from '../ledger/invariants.ts'
import { chargedPayment, onlyAttempt, paymentOf } from './by-hand.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

describe.each([
	['stolen_card', 'pm_card_chargeDeclinedStolenCard'],
	['lost_card', 'pm_card_chargeDeclinedLostCard'],
])('a card its bank calls %s', (code, method) => {
	test('is asked about once, and refused from then on without a word to any gateway', async () => {
		const first = await chargedPayment(house, { payment_method: method })
		expect((await onlyAttempt(house, first)).standard_code).toBe(code)

		const again = await chargedPayment(house, {
			payment_method: method,
			fallback_payment_methods: { paypal: 'sut_visa' },
		})
		expect(await listAttempts(house.services.db, again)).toEqual([])
		expect(await paymentOf(house, again)).toMatchObject({
			status: 'failed',
			risk_score: null,
			error: { standard_code: code, advice: 'other_card' },
		})
		const { message } = (await paymentOf(house, again)).error as { message: string }
		expect(message).toContain('Nothing was charged')
		expect(message).not.toMatch(/lost|stolen/i)
	})
})

test('another decline says nothing of the card’s next try', async () => {
	const method = 'pm_card_chargeDeclinedInsufficientFunds'
	for (const id of [
		await chargedPayment(house, { payment_method: method }),
		await chargedPayment(house, { payment_method: method }),
	])
		expect((await onlyAttempt(house, id)).status).toBe('declined')
})

test('the app cannot take a report back, and the books hold', async () => {
	await expect(house.services.db.deleteFrom('reported_cards').execute()).rejects.toThrow(/permission denied/)
	expect(await violations(house.owner)).toEqual([])
})
