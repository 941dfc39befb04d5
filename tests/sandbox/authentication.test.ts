import { expect, test } from 'vitest'
import { type Gateway, openGateway, pay } from './gateway.ts'

async function challenge(
	{ stripe }: Gateway,
	id: string,
	capture_method: 'automatic' | 'manual' = 'automatic',
) {
	const intent = await pay(stripe, id, { capture_method, return_url: 'http://shop.test/thanks?order=1' })
	expect(intent.status).toBe('requires_action')
	expect(intent.latest_charge).toBeNull()
	return { id: intent.id, page: String(intent.next_action?.redirect_to_url?.url) }
}

const press = (page: string, outcome: 'complete' | 'fail') =>
	fetch(page, { method: 'POST', body: new URLSearchParams({ outcome }) })

test.each([
	'pm_card_threeDSecure2Required',
	'pm_card_authenticationRequired',
	'pm_card_authenticationRequiredOnSetup',
])('%s succeeds once the customer completes the challenge', async (card) => {
	const gateway = await openGateway()
	const { id, page } = await challenge(gateway, card)
	const shown = await fetch(page)
	expect(shown.headers.get('content-security-policy')).toContain("script-src 'self'")
	expect(await shown.text()).toContain('$50.00')
	const done = await (await press(page, 'complete')).text()
	expect(done).toContain('data-outcome="succeeded"')
	expect(done).toContain('http://shop.test/thanks?order=1&amp;payment_intent=')
	const intent = await gateway.stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] })
	expect(intent).toMatchObject({
		status: 'succeeded',
		next_action: null,
		latest_charge: { payment_method_details: { card: { three_d_secure: { result: 'authenticated' } } } },
	})
})

test('a failed challenge leaves the intent open for another card', async () => {
	const gateway = await openGateway()
	const { id, page } = await challenge(gateway, 'pm_card_threeDSecure2Required')
	expect(await (await press(page, 'fail')).text()).toContain('data-outcome="failed"')
	expect(await gateway.stripe.paymentIntents.retrieve(id)).toMatchObject({
		status: 'requires_payment_method',
		last_payment_error: { code: 'payment_intent_authentication_failure' },
		latest_charge: null,
	})
	expect(gateway.books.charges.size).toBe(0)
})

test.each([
	['pm_card_threeDSecureRequiredChargeDeclined', 'generic_decline'],
	['pm_card_authenticationRequiredChargeDeclinedInsufficientFunds', 'insufficient_funds'],
])('%s is declined after the challenge', async (card, decline_code) => {
	const gateway = await openGateway()
	const { id, page } = await challenge(gateway, card)
	await press(page, 'complete')
	expect(await gateway.stripe.paymentIntents.retrieve(id)).toMatchObject({
		status: 'requires_payment_method',
		last_payment_error: { decline_code },
	})
})

test('a held payment waits for its capture after the challenge', async () => {
	const gateway = await openGateway()
	const { id, page } = await challenge(gateway, 'pm_card_threeDSecure2Required', 'manual')
	await press(page, 'complete')
	expect(await gateway.stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'requires_capture' })
})

test('pressing twice charges once', async () => {
	const gateway = await openGateway()
	const { page } = await challenge(gateway, 'pm_card_threeDSecure2Required')
	await Promise.all([press(page, 'complete'), press(page, 'complete')])
	expect(gateway.books.charges.size).toBe(1)
})

test('the page needs the secret of its intent', async () => {
	const gateway = await openGateway()
	const { id, page } = await challenge(gateway, 'pm_card_threeDSecure2Required')
	expect((await press(page.replace(/client_secret=.*/, 'client_secret=guess'), 'complete')).status).toBe(404)
	expect(await gateway.stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'requires_action' })
})

test('a page running the SDK is given the challenge to show', async () => {
	const { stripe } = await openGateway()
	const intent = await pay(stripe, 'pm_card_threeDSecure2Required', { use_stripe_sdk: true })
	expect(intent.next_action).toMatchObject({
		type: 'use_stripe_sdk',
		use_stripe_sdk: { stripe_js: expect.stringContaining(`/3ds/${intent.id}`) },
	})
})
