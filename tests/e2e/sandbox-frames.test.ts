import { AxeBuilder } from '@axe-core/playwright'
import Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { openShop, type Shop } from './frame-parent.ts'
import { SCREENS } from './global-setup.ts'
import { DESKTOP, PHONE, product } from './visitor.ts'

const { hostname, port } = new URL(product.sandboxUrl)
const stripe = new Stripe('sk_test_sandbox_tillhouse', { host: hostname, port, protocol: 'http' })

const WALLETS = { total: '$24.00', merchant: 'Kiln & Co.' }

const tokenOf = (message: Record<string, unknown>) =>
	message['token'] as { id: string } & Record<string, unknown>

describe('the wallet sheet', () => {
	test('is opened, declined and paid with the keyboard alone', async () => {
		const { frame, hear, heard, page, say } = await openShop('wallet', WALLETS)
		await frame.getByRole('button', { name: 'Google Pay' }).focus()
		await page.keyboard.press('Enter')
		expect(await hear('wallet-open')).toMatchObject({ wallet: 'google_pay' })
		await frame.getByRole('heading', { name: 'Google Pay' }).waitFor()
		expect(await frame.getByLabel('Pay with test card').evaluate((it) => it === document.activeElement)).toBe(
			true,
		)
		await page.keyboard.press('Tab')
		await page.keyboard.press('Tab')
		await page.keyboard.press('Enter')
		const { token: _, ...rest } = await hear('wallet-token')
		expect(rest).toEqual({ source: 'tillhouse-sandbox', type: 'wallet-token', wallet: 'google_pay' })
		await say({ type: 'result', outcome: 'failed', message: 'Your card was declined. Nothing was paid.' })
		await frame.getByText('Nothing was paid').waitFor()
		await page.keyboard.press('Enter')
		const tokens = async () =>
			(await heard()).filter(({ type }) => type === 'wallet-token').map((message) => tokenOf(message).id)
		await expect.poll(async () => new Set(await tokens()).size).toBe(2)
		await say({ type: 'result', outcome: 'succeeded' })
		await hear('wallet-close')
		await frame.getByRole('button', { name: 'Apple Pay' }).waitFor()
	})

	test.each([
		['Apple Pay', 'apple_pay', {}, { type: 'card', card: { wallet: { type: 'apple_pay' } } }],
		['Link', 'link', {}, { type: 'link', link: { email: 'ada@example.com' } }],
		['Link', 'link', { link: 'card' }, { type: 'card', card: { wallet: { type: 'link' } } }],
	])('%s gives a token that pays: %#', async (name, wallet, params, preview) => {
		const { frame, hear, say } = await openShop('wallet', { ...WALLETS, ...params })
		await say({ type: 'update', total: '$30.00', billing: { name: 'Ada', email: 'ada@example.com' } })
		await frame.getByRole('button', { name }).click()
		await frame.getByText('Kiln & Co.').waitFor()
		await frame.getByRole('button', { name: 'Pay $30.00' }).click()
		const message = await hear('wallet-token')
		expect(message).toMatchObject({ wallet, token: { payer: { email: 'ada@example.com' } } })
		const { id } = tokenOf(message)
		expect((await stripe.confirmationTokens.retrieve(id)).payment_method_preview).toMatchObject(preview)
		const order = { amount: 3_000, currency: 'usd', confirm: true, confirmation_token: id }
		expect((await stripe.paymentIntents.create(order)).status).toBe('succeeded')
	})

	test('Escape closes it and goes back to its button; a disabled one does not open', async () => {
		const { frame, hear, page, say } = await openShop('wallet', WALLETS)
		const apple = frame.getByRole('button', { name: 'Apple Pay' })
		await apple.click()
		await page.keyboard.press('Escape')
		await hear('wallet-close')
		expect(await apple.evaluate((it) => it === document.activeElement)).toBe(true)
		await say({ type: 'update', disabled: true })
		await expect.poll(() => apple.isDisabled()).toBe(true)
	})
})

describe('the bank frame', () => {
	test('debits an IBAN the payer agreed to', async () => {
		const { frame, hear, say } = await openShop('bank', { type: 'sepa_debit' })
		await say({ type: 'prefill', billing: { name: 'Dora Debit', email: 'dora@example.com' } })
		await frame.getByLabel('IBAN').fill('AT61 1904 3002 3457 3202')
		await frame.getByLabel('IBAN').blur()
		await frame.getByText('The IBAN is not correct').waitFor()
		await say({ type: 'submit', requestId: 'wrong', mandateAccepted: true })
		expect(await hear('error')).toMatchObject({ requestId: 'wrong', field: 'iban' })
		await frame.getByLabel('IBAN').fill('at611904300234573201')
		await expect.poll(async () => (await hear('change'))['complete']).toBe(true)
		await say({ type: 'submit', requestId: 'early' })
		await expect
			.poll(() => hear('error'))
			.toMatchObject({ requestId: 'early', field: null, message: 'Agree to the debit before you pay.' })
		await say({ type: 'submit', requestId: 'agreed', billing: { country: 'AT' }, mandateAccepted: true })
		const message = await hear('token')
		expect(message).toMatchObject({
			requestId: 'agreed',
			token: {
				type: 'sepa_debit',
				sepa_debit: { last4: '3201', country: 'AT', bank_code: '19043' },
				payer: { name: 'Dora Debit', email: 'dora@example.com' },
			},
		})
		const paid = await stripe.paymentIntents.create({
			amount: 3_000,
			currency: 'eur',
			confirm: true,
			confirmation_token: tokenOf(message).id,
		})
		expect(paid.status).toBe('processing')
	})

	test('fills in an American test account', async () => {
		const { frame, hear, say } = await openShop('bank', { type: 'us_bank_account' })
		await frame.getByText('Sandbox: use 110000000').click()
		await frame.getByRole('button', { name: /account closed/ }).click()
		await frame.getByLabel('Held by').selectOption('A company')
		await say({ type: 'submit', requestId: 'us', mandateAccepted: true })
		const { id } = tokenOf(await hear('token'))
		expect((await stripe.confirmationTokens.retrieve(id)).payment_method_preview).toMatchObject({
			us_bank_account: { last4: '1113', account_holder_type: 'company', account_type: 'checking' },
		})
	})
})

describe('the card frame and other gateways', () => {
	const ENDPOINT = '**/paypal/sandbox/card-tokens'
	const mayFail = /card-tokens|404/

	async function typeCard(more: object, answer?: { status: number; json: object } | 'never') {
		const shop = await openShop('card', {}, { mayFail })
		const asked: unknown[] = []
		await shop.page.route(ENDPOINT, (route) => {
			asked.push(route.request().postDataJSON())
			if (answer && answer !== 'never') return route.fulfill(answer)
			return answer === 'never' ? undefined : route.continue()
		})
		await shop.frame.getByLabel('Card number').fill('4242424242424242')
		await shop.frame.getByLabel('Expiry').fill('12 / 34')
		await shop.frame.getByLabel('Security code').fill('123')
		await shop.say({ type: 'submit', requestId: 'one', billing: { name: 'Ada' }, ...more })
		return { message: await shop.hear('token'), asked }
	}

	test('asks them for a token of their own when told to', async () => {
		const { asked, message } = await typeCard({ alternates: true })
		expect(message).toMatchObject({
			requestId: 'one',
			alternates: { paypal: expect.stringMatching(/^sut_/) },
		})
		expect(asked).toEqual([{ number: '4242424242424242', exp_month: 12, exp_year: 2034, cvc: '123' }])
	})

	test.each([
		['are not asked by a parent that knows nothing of them', {}, undefined],
		['may not be there', { alternates: true }, { status: 404, json: { error: {} } }],
		['may not answer', { alternates: true }, 'never' as const],
	])('%s', async (_name, more, answer) => {
		const { asked, message } = await typeCard(more, answer)
		expect(tokenOf(message).id).toMatch(/^ctoken_/)
		expect(message).not.toHaveProperty('alternates')
		expect(asked).toHaveLength('alternates' in more ? 1 : 0)
	})
})

type Look = { picture: string; colorScheme: 'light' | 'dark'; size: string }

async function looksRight({ frame, page }: Shop, { colorScheme, picture, size }: Look): Promise<void> {
	await page.screenshot({ path: `${SCREENS}frame-${picture}-${colorScheme}-${size}.png` })
	const overflow = await frame.locator('html').evaluate((html) => {
		// Axe takes what it cannot see behind a frame for white.
		html.style.backgroundColor = html.dataset['theme'] === 'dark' ? '#18181b' : '#fff'
		return html.scrollWidth - html.clientWidth
	})
	expect(overflow, `${picture} scrolls sideways`).toBeLessThanOrEqual(0)
	const { violations } = await new AxeBuilder({ page }).analyze()
	const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
	expect(grave.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`))).toEqual([])
}

const SIZES = { desktop: DESKTOP, phone: PHONE }
const WAYS = (['light', 'dark'] as const).flatMap((colorScheme) =>
	(['desktop', 'phone'] as const).map((size) => ({ colorScheme, size })),
)

describe.each(WAYS)('in $colorScheme on a $size', ({ colorScheme, size }) => {
	const way = { colorScheme, viewport: SIZES[size] }

	test('the wallets can be used by everybody', async () => {
		const shop = await openShop('wallet', WALLETS, way)
		await looksRight(shop, { picture: 'wallet', colorScheme, size })
		await shop.frame.getByRole('button', { name: 'Apple Pay' }).click()
		await looksRight(shop, { picture: 'wallet-open', colorScheme, size })
	})

	test.each([
		['card', 'card', {}],
		['sepa-debit', 'bank', { type: 'sepa_debit' }],
		['us-bank-account', 'bank', { type: 'us_bank_account' }],
	])('%s can be used by everybody', async (picture, frame, params) => {
		const shop = await openShop(frame, params, way)
		await looksRight(shop, { picture, colorScheme, size })
		await shop.frame.locator('summary').click()
		await shop.say({ type: 'submit', requestId: 'empty', mandateAccepted: true })
		await shop.hear('error')
		await looksRight(shop, { picture: `${picture}-wrong`, colorScheme, size })
	})
})
