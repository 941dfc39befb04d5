import { expect, test } from 'vitest'
import { AGREED, errorOf, openGateway, pay } from './gateway.ts'

const EUR = { ...AGREED, currency: 'eur' }

test('a debit needs a mandate', async () => {
	const { books, stripe } = await openGateway({ clockFactor: 1 })
	const error = await errorOf(pay(stripe, 'pm_usBankAccount_success'))
	expect(error).toMatchObject({ statusCode: 400, type: 'StripeInvalidRequestError' })
	expect(error.message).toContain('requires a mandate, but no existing mandate was found')
	expect(error.payment_intent).toMatchObject({ status: 'requires_confirmation' })
	expect(books.charges.size).toBe(0)
})

test('a mandate for later payments is enough for the next one', async () => {
	const { stripe } = await openGateway({ clockFactor: 1 })
	const { id } = await stripe.paymentMethods.create({
		type: 'sepa_debit',
		sepa_debit: { iban: 'DE89 3704 0044 0532 0130 00' },
		billing_details: { name: 'Dora Debit', email: 'dora@example.com' },
	})
	expect((await pay(stripe, id, { ...EUR, setup_future_usage: 'off_session' })).status).toBe('processing')
	expect((await pay(stripe, id, { currency: 'eur', off_session: true })).status).toBe('processing')
})

test.each([
	['pm_sepaDebit_success', 'sepa_debit', 'usd'],
	['pm_usBankAccount_success', 'us_bank_account', 'eur'],
] as const)('%s: %s is not debited in %s', async (method, type, currency) => {
	const { books, stripe } = await openGateway({ clockFactor: 1 })
	const plain = await errorOf(pay(stripe, method, { ...AGREED, currency }))
	expect(plain).toMatchObject({ statusCode: 400, param: 'payment_method' })
	expect(plain.message).toContain(`(${type}) is not allowed for this PaymentIntent`)
	const only = { ...AGREED, currency, allowed_payment_method_types: [type] }
	const none = await errorOf(pay(stripe, method, only))
	expect(none.message).toContain('No valid payment method types')
	expect(books.charges.size).toBe(0)
})

test('a debit must be allowed, and captures nothing later', async () => {
	const { stripe } = await openGateway({ clockFactor: 1 })
	const method = 'pm_usBankAccount_success'
	const cards = { ...AGREED, allowed_payment_method_types: ['card' as const] }
	expect((await errorOf(pay(stripe, method, cards))).message).toContain('(us_bank_account) is not allowed')
	const held = { ...AGREED, capture_method: 'manual' as const }
	expect((await errorOf(pay(stripe, method, held))).message).toContain('(us_bank_account) is not allowed')
	const only = { ...held, allowed_payment_method_types: ['us_bank_account' as const] }
	expect((await errorOf(pay(stripe, method, only))).message).toContain('`capture_method=manual`')
})

test('what is offered follows the currency', async () => {
	const { stripe } = await openGateway({ clockFactor: 1 })
	const made = await stripe.paymentIntents.create({ amount: 5_000, currency: 'usd' })
	expect(made.payment_method_types).toEqual(['card', 'link', 'us_bank_account'])
	const changed = await stripe.paymentIntents.update(made.id, { currency: 'eur' })
	expect(changed.payment_method_types).toEqual(['card', 'link', 'sepa_debit'])
})

test.each([
	[{ iban: 'AT611904300234573202' }, 'invalid_number'],
	[{ iban: 'GB33BUKB20201555555555' }, 'payment_method_invalid_parameter_testmode'],
])('an IBAN must exist and be for tests: %o', async (sepa_debit, code) => {
	const { stripe } = await openGateway({ clockFactor: 1 })
	const billing_details = { name: 'Dora Debit', email: 'dora@example.com' }
	const made = stripe.paymentMethods.create({ type: 'sepa_debit', sepa_debit, billing_details })
	expect(await errorOf(made)).toMatchObject({ statusCode: 400, code, param: 'sepa_debit[iban]' })
})

test.each([
	['110000001', '000123456789', 'routing_number_invalid'],
	['110000000', '12', 'account_number_invalid'],
	['021000021', '000123456789', 'payment_method_invalid_parameter_testmode'],
])('routing %s, account %s: %s', async (routing_number, account_number, code) => {
	const { stripe } = await openGateway({ clockFactor: 1 })
	const made = stripe.paymentMethods.create({
		type: 'us_bank_account',
		us_bank_account: { routing_number, account_number, account_holder_type: 'individual' },
		billing_details: { name: 'Ada Ach' },
	})
	expect(await errorOf(made)).toMatchObject({ statusCode: 400, code })
})
