import { describe, expect, test } from 'vitest'
import { format, problem as problemOf } from '#app/sandbox/pages/assets/bank-fields.js'
import { DEFAULTS } from '#app/sandbox/options.ts'
import { brandOf, formatExpiry, formatNumber, problem } from '#app/sandbox/pages/assets/card-fields.js'
import { clientFor, errorOf, openGateway, post } from './gateway.ts'

const BROWSER = { Authorization: `Bearer ${DEFAULTS.publishableKey}` }
const NEXT_YEAR = String(new Date().getFullYear() + 1)
const card = (details: Record<string, string>) =>
	Object.fromEntries(
		Object.entries({
			number: '4242424242424242',
			exp_month: '12',
			exp_year: NEXT_YEAR,
			cvc: '123',
			...details,
		}).map(([name, value]) => [`payment_method_data[card][${name}]`, value]),
	)

describe('the page', () => {
	test.each([
		['card', 'number', 'expiry', 'cvc'],
		['bank?type=sepa_debit', 'iban', 'name', 'email'],
		['bank?type=us_bank_account', 'routing', 'account', 'holder', 'kind', 'name', 'email'],
		['wallet?wallets=apple_pay,link', 'wallets', 'sheet', 'merchant', 'total', 'card', 'pay', 'cancel'],
	])('%s may be framed by its parent only and runs its own script only', async (frame, ...ids) => {
		const { url } = await openGateway()
		const address = new URL(`${url}/frame/${frame}`)
		const asked = { pk: 'pk_test', parent: 'http://shop.test/checkout', theme: 'dark' }
		for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value)
		const response = await fetch(address)
		const policy = response.headers.get('content-security-policy')
		expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
		expect(policy).toContain('frame-ancestors http://shop.test')
		expect(policy).toContain("default-src 'none'; script-src 'self'")
		const page = await response.text()
		expect(page).toContain('data-theme="dark"')
		for (const id of ids) expect(page).toContain(`id="${id}"`)
		const assets = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)]
		expect(assets.length).toBeGreaterThan(1)
		for (const [, asset] of assets) expect((await fetch(`${url}${asset}`)).status).toBe(200)
	})

	test('the card page tells the browser which field is which', async () => {
		const { url } = await openGateway()
		const page = await (await fetch(`${url}/frame/card?parent=http://shop.test`)).text()
		for (const token of ['cc-number', 'cc-exp', 'cc-csc']) expect(page).toContain(`autocomplete="${token}"`)
	})

	test.each(['', 'javascript:alert(1)', '*'])('not without an origin to answer to: %j', async (parent) => {
		const { url } = await openGateway()
		for (const frame of ['card?', 'wallet?', 'bank?type=sepa_debit&']) {
			const response = await fetch(`${url}/frame/${frame}parent=${encodeURIComponent(parent)}`)
			expect(response.status).toBe(400)
		}
	})

	test.each(['bank?type=cheque', 'bank?', 'wallet?wallets=cash', 'wallet?wallets=toString'])(
		'not of what the sandbox does not play: %s',
		async (frame) => {
			const { url } = await openGateway()
			expect((await fetch(`${url}/frame/${frame}&parent=http://shop.test`)).status).toBe(400)
		},
	)
})

describe('confirmation tokens', () => {
	test('made from a typed card, used once', async () => {
		const { stripe, url } = await openGateway()
		const made = await post(url, '/v1/confirmation_tokens', card({ number: '4000 0082 6000 0000' }), BROWSER)
		const { id } = (await made.json()) as { id: string }
		const token = await stripe.confirmationTokens.retrieve(id)
		expect(token.payment_method_preview?.card).toMatchObject({ brand: 'visa', last4: '0000', country: 'GB' })
		const order = { amount: 5_000, currency: 'usd', confirm: true, confirmation_token: id }
		expect(await stripe.paymentIntents.create(order)).toMatchObject({ status: 'succeeded' })
		expect(await errorOf(stripe.paymentIntents.create(order))).toMatchObject({
			statusCode: 400,
			param: 'confirmation_token',
		})
		expect((await stripe.confirmationTokens.retrieve(id)).payment_intent).toMatch(/^pi_/)
	})

	test('made for a test by name', async () => {
		const { stripe } = await openGateway()
		const { id } = await stripe.testHelpers.confirmationTokens.create({
			payment_method: 'pm_card_chargeDeclined',
		})
		const order = { amount: 5_000, currency: 'usd', confirm: true, confirmation_token: id }
		expect(await errorOf(stripe.paymentIntents.create(order))).toMatchObject({
			decline_code: 'generic_decline',
		})
	})

	test.each([
		[{ number: '4242424242424241' }, 'incorrect_number', 'number'],
		[{ number: '4539578763621486' }, 'card_declined', 'number'],
		[{ exp_year: '2020' }, 'invalid_expiry_year', 'exp_year'],
		[{ exp_month: '13' }, 'invalid_expiry_month', 'exp_month'],
		[{ cvc: '12' }, 'invalid_cvc', 'cvc'],
	])('not made from %o', async (details, code, param) => {
		const { books, url } = await openGateway()
		const refused = await post(
			url,
			'/v1/confirmation_tokens',
			card(details as Record<string, string>),
			BROWSER,
		)
		expect(refused.status).toBe(402)
		expect(await refused.json()).toMatchObject({ error: { type: 'card_error', code, param } })
		expect(books.tokens.size).toBe(0)
	})

	test('card numbers are refused with the secret key and from other origins', async () => {
		const { url } = await openGateway()
		const server = await post(url, '/v1/payment_methods', {
			type: 'card',
			'card[number]': '4242424242424242',
		})
		expect(server.status).toBe(400)
		const elsewhere = { ...BROWSER, Origin: 'http://evil.test' }
		expect((await post(url, '/v1/confirmation_tokens', card({}), elsewhere)).status).toBe(403)
		expect((await post(url, '/v1/confirmation_tokens', card({}), { ...BROWSER, Origin: url })).status).toBe(
			200,
		)
	})

	test('a publishable key does nothing else', async () => {
		const { stripe, url } = await openGateway()
		const { client_secret, id } = await stripe.paymentIntents.create({ amount: 5_000, currency: 'usd' })
		const browser = clientFor(url, {}, DEFAULTS.publishableKey)
		expect(await errorOf(browser.charges.list())).toMatchObject({ code: 'secret_key_required' })
		expect(await errorOf(browser.paymentIntents.retrieve(id))).toMatchObject({ statusCode: 404 })
		await expect(
			browser.paymentIntents.retrieve(id, { client_secret: String(client_secret) }),
		).resolves.toMatchObject({ id })
	})
})

describe('card fields', () => {
	test('are formatted as on the card', () => {
		expect(formatNumber('4242424242424242')).toBe('4242 4242 4242 4242')
		expect(formatNumber('378282246310005')).toBe('3782 822463 10005')
		expect(formatExpiry('1')).toBe('1')
		expect(formatExpiry('930')).toBe('09 / 30')
		expect(formatExpiry('12/2031')).toBe('12 / 2031')
		expect(brandOf('5555 55').brand).toBe('mastercard')
	})

	test.each([
		['number', '', 'Enter the card number.'],
		['number', '4242 4242', 'The card number is too short.'],
		['number', '4242 4242 4242 4241', 'The card number is not correct. Check the digits.'],
		['number', '4242 4242 4242 4242', null],
		['expiry', '10 / 26', 'The card has expired.'],
		['expiry', '11 / 26', null],
		['expiry', '13 / 30', 'The month must be between 01 and 12.'],
		['cvc', '12', 'The security code of Visa has 3 digits.'],
		['cvc', '123', null],
	] as const)('%s %j: %j', (field, text, message) => {
		expect(problem(field, text, '4242 4242 4242 4242', new Date('2026-11-21T00:00:00Z'))).toBe(message)
	})
})

describe('bank fields', () => {
	test('are formatted as on the statement', () => {
		expect(format('iban', 'at611904300234573201')).toBe('AT61 1904 3002 3457 3201')
		expect(format('iban', 'AT61 19')).toBe('AT61 19')
		expect(format('routing', '110 000 0001')).toBe('110000000')
		expect(format('name', ' Ada ')).toBe(' Ada ')
	})

	test.each([
		['iban', '', 'Enter the IBAN.'],
		['iban', '61 1904', 'An IBAN starts with the letters of its country, such as DE.'],
		['iban', 'US61 1904', 'Accounts of this country cannot be debited in euros.'],
		['iban', 'AT61 1904 3002', 'The IBAN is too short.'],
		['iban', 'AT61 1904 3002 3457 3201 1', 'The IBAN is too long.'],
		['iban', 'AT61 1904 3002 3457 3202', 'The IBAN is not correct. Check the letters and digits.'],
		['iban', 'AT61 1904 3002 3457 3201', null],
		['iban', 'FR1420041010050500013M02606', null],
		['email', 'ada@', 'The e-mail address is not complete.'],
		['email', 'ada@example.com', null],
		['name', ' ', 'Enter the name of the account holder.'],
		['routing', '11000000', 'The routing number has 9 digits.'],
		['routing', '110000001', 'The routing number is not correct. Check the digits.'],
		['routing', '110000000', null],
		['account', '123', 'The account number has 4 to 17 digits.'],
		['account', '000123456789', null],
	] as const)('%s %j: %j', (field, text, message) => {
		expect(problemOf(field, text)).toBe(message)
	})
})
