import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import type { ConfirmationToken } from '#app/sandbox/books/method-shapes.ts'
import { DEFAULTS } from '#app/sandbox/options.ts'
import { errorOf, openGateway, pay, post } from './gateway.ts'

const BROWSER = { Authorization: `Bearer ${DEFAULTS.publishableKey}` }

/** The compiler holds the sandbox's own shape against the SDK's. */
const tokenOfSdk = (token: ConfirmationToken): Stripe.ConfirmationToken => token

const APPLE: Stripe.PaymentMethod.Card.Wallet = {
	type: 'apple_pay',
	apple_pay: {},
	dynamic_last4: '5757',
}
const GOOGLE: Stripe.PaymentMethod.Card.Wallet = {
	type: 'google_pay',
	google_pay: {},
	dynamic_last4: '5757',
}
const LINK_CARD: Stripe.PaymentMethod.Card.Wallet = { type: 'link', link: {}, dynamic_last4: null }

test.each([
	['apple_pay', APPLE],
	['google_pay', GOOGLE],
	['link_card', LINK_CARD],
])('%s: a card that says which wallet it came from', async (name, wallet) => {
	const { stripe } = await openGateway()
	const paid = await pay(stripe, `pm_sandbox_${name}`, {
		allowed_payment_method_types: ['card'],
		expand: ['latest_charge', 'payment_method'],
	})
	expect(paid.status).toBe('succeeded')
	expect(paid.payment_method).toMatchObject({ type: 'card', card: { last4: '4242', wallet } })
	expect(paid.latest_charge).toMatchObject({ payment_method_details: { type: 'card', card: { wallet } } })
})

describe('link', () => {
	test('is a payment method of its own, and says no card', async () => {
		const { stripe } = await openGateway()
		const paid = await pay(stripe, 'pm_sandbox_link', { expand: ['latest_charge', 'payment_method'] })
		const method = paid.payment_method as Stripe.PaymentMethod
		expect(paid.status).toBe('succeeded')
		expect(method).toMatchObject({ type: 'link', link: { email: 'link@sandbox.example' } })
		expect(method).not.toHaveProperty('card')
		const charge = paid.latest_charge as Stripe.Charge
		expect(charge).toMatchObject({ payment_method_details: { type: 'link', link: { country: 'US' } } })
		expect(charge.id).toMatch(/^py_/)
		const refund = await stripe.refunds.create({ payment_intent: paid.id })
		expect(refund).toMatchObject({ status: 'succeeded' })
	})

	test('must be allowed', async () => {
		const { stripe } = await openGateway()
		const refused = pay(stripe, 'pm_sandbox_link', { allowed_payment_method_types: ['card'] })
		expect((await errorOf(refused)).message).toContain('The PaymentMethod provided (link) is not allowed')
	})

	test('does what the card behind it does, through a token as well', async () => {
		const { stripe } = await openGateway()
		const { id } = await stripe.testHelpers.confirmationTokens.create({
			payment_method: 'pm_sandbox_link_createDispute',
		})
		const token = { confirm: true, confirmation_token: id, amount: 5_000, currency: 'usd' }
		const paid = await stripe.paymentIntents.create(token)
		await expect
			.poll(async () => (await stripe.disputes.list({ payment_intent: paid.id })).data)
			.toMatchObject([{ reason: 'fraudulent', amount: 5_000 }])
	})
})

test.each([
	['pm_sandbox_apple_pay_chargeDeclined', 'generic_decline'],
	['pm_sandbox_google_pay_chargeDeclinedInsufficientFunds', 'insufficient_funds'],
	['pm_sandbox_link_chargeDeclined', 'generic_decline'],
])('%s is declined', async (method, decline_code) => {
	const { stripe } = await openGateway()
	expect(await errorOf(pay(stripe, method))).toMatchObject({ statusCode: 402, decline_code })
})

describe('tokens from the frames', () => {
	const make = async (url: string, form: Record<string, string>) => {
		const answer = await post(url, '/v1/confirmation_tokens', form, BROWSER)
		return (await answer.json()) as { id: string }
	}

	test('of a wallet', async () => {
		const { books, stripe, url } = await openGateway()
		const { id } = await make(url, {
			'payment_method_data[sandbox_wallet][type]': 'apple_pay',
			'payment_method_data[sandbox_wallet][number]': '4000000000000002',
			'payment_method_data[billing_details][email]': 'ada@example.com',
		})
		const token = await stripe.confirmationTokens.retrieve(id)
		expect(token).toEqual(books.tokens.all().map(tokenOfSdk)[0])
		expect(token).toMatchObject({
			mandate_data: null,
			payment_method_preview: {
				type: 'card',
				card: { last4: '0002', wallet: { type: 'apple_pay', apple_pay: {}, dynamic_last4: '9997' } },
				billing_details: { email: 'ada@example.com' },
			},
		})
		const paying = stripe.paymentIntents.create({
			amount: 5_000,
			currency: 'usd',
			confirm: true,
			confirmation_token: id,
		})
		expect(await errorOf(paying)).toMatchObject({ decline_code: 'generic_decline' })
	})

	const iban = {
		'payment_method_data[type]': 'sepa_debit',
		'payment_method_data[sepa_debit][iban]': 'AT61 1904 3002 3457 3201',
		'payment_method_data[billing_details][name]': 'Dora Debit',
		'payment_method_data[billing_details][email]': 'dora@example.com',
	}
	const agreed = {
		'mandate_data[customer_acceptance][type]': 'online',
		'mandate_data[customer_acceptance][online][infer_from_client]': 'true',
	}
	const debit = (confirmation_token: string) => ({
		amount: 5_000,
		currency: 'eur',
		confirm: true,
		confirmation_token,
	})

	test('of a bank account, with the mandate the payer gave', async () => {
		const { stripe, url } = await openGateway({ clockFactor: 1 })
		const { id } = await make(url, { ...iban, ...agreed })
		const token = await stripe.confirmationTokens.retrieve(id)
		expect(token).toMatchObject({
			mandate_data: { customer_acceptance: { type: 'online', online: { ip_address: '127.0.0.1' } } },
			payment_method_preview: { type: 'sepa_debit', sepa_debit: { last4: '3201', country: 'AT' } },
		})
		const paying = await stripe.paymentIntents.create(debit(id))
		expect(paying.status).toBe('processing')
		expect(await errorOf(stripe.paymentIntents.create(debit(id)))).toMatchObject({
			param: 'confirmation_token',
		})
	})

	test('without a mandate nothing is debited and the token is not used up', async () => {
		const { stripe, url } = await openGateway()
		const { id } = await make(url, iban)
		const error = await errorOf(stripe.paymentIntents.create(debit(id)))
		expect(error.message).toContain('requires a mandate')
		expect((await stripe.confirmationTokens.retrieve(id)).payment_intent).toBeNull()
	})
})
