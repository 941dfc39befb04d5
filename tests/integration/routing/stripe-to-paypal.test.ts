import { afterAll, beforeAll, expect, test } from 'vitest'
import { listAttempts } from '#db/queries/attempts.ts'
import { processPayment } from '#jobs/catalog/payments.ts'
import { violations } from '#tests/integration/ledger/invariants.ts'
import { chargedPayment, paymentOf, runNow } from '#tests/integration/payments/by-hand.ts'
import { openHouse, type House } from '#tests/support/house.ts'
import { liveRules, rule } from './second-gateway.ts'

let house: House
beforeAll(async () => {
	house = await openHouse({ worker: false, webhooks: false })
})
afterAll(() => house.close())

const fallback_payment_methods = { paypal: 'sut_visa' }

test('a card Stripe could not process is charged at PayPal', async () => {
	const id = await chargedPayment(house, {
		payment_method: 'pm_card_chargeDeclinedProcessingError',
		fallback_payment_methods,
	})
	await runNow(house, processPayment)
	expect(await paymentOf(house, id)).toMatchObject({ status: 'succeeded', gateway: 'paypal' })
	expect(await listAttempts(house.services.db, id)).toMatchObject([
		{ provider: 'stripe', status: 'declined', standard_code: 'processing_error' },
		{ provider: 'paypal', status: 'succeeded', route: { after: { gateway: 'stripe' } } },
	])
	expect(await violations(house.owner)).toEqual([])
})

test('a rule sends a card to PayPal first', async () => {
	await liveRules(house, [rule(['paypal', 'stripe'])])
	const id = await chargedPayment(house, { payment_method: 'pm_card_visa', fallback_payment_methods })
	expect(await paymentOf(house, id)).toMatchObject({ status: 'succeeded', gateway: 'paypal' })
})
