import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { playPayPal } from './paypal-script.ts'
import { startProduct, type Product } from './product.ts'
import { MUG, news, receiptIsShown } from './shopping.ts'
import { newEmail } from './till.ts'
import { openVisitor } from './visitor.ts'

// An installation with PayPal's keys: the sandbox answers where PayPal's API would, and nothing else of it is known.
let shop: Product
let stop = async () => {}

beforeAll(async () => {
	const started = await startProduct((sandboxUrl) => ({
		PAYPAL_CLIENT_ID: 'sandbox_paypal_client',
		PAYPAL_CLIENT_SECRET: 'sandbox_paypal_secret',
		PAYPAL_API_BASE: `${sandboxUrl}/paypal`,
	}))
	shop = started.product
	stop = started.stop
}, 180_000)
afterAll(() => stop())

const itsButton = (page: Page) => page.getByRole('button', { name: 'Pay with PayPal, in its own window' })
const ourButton = (page: Page) => page.getByRole('button', { name: `Pay ${MUG} with PayPal` })

async function order(page: Page): Promise<void> {
	await page.goto('/shop')
	await page.getByRole('button', { name: `Buy for ${MUG}: 1 × Stoneware mug` }).click()
	await page.getByRole('heading', { name: 'Payment', exact: true }).waitFor()
	// Before that the page is not alive, and would forget what is typed.
	await itsButton(page).or(ourButton(page)).waitFor()
}

async function openShop(mayFail?: RegExp) {
	const { page, context } = await openVisitor({ baseURL: shop.baseUrl, ...(mayFail && { mayFail }) })
	return { page, context }
}

async function openWindow(page: Page, context: BrowserContext): Promise<Page> {
	const opening = context.waitForEvent('page')
	await itsButton(page).click()
	const shown = await opening
	await shown.getByRole('heading', { name: 'Pay with a test account' }).waitFor()
	return shown
}

/** How often PayPal itself has taken money. */
async function taken(): Promise<number> {
	const { paypal } = (await (await fetch(`${shop.sandboxUrl}/sandbox/books`)).json()) as {
		paypal: { captures: { status: string }[] }
	}
	return paypal.captures.filter(({ status }) => status === 'COMPLETED').length
}

test('PayPal’s button asks in a window of its own, and the page leads to the receipt', async () => {
	const { page, context } = await openShop()
	const { asked } = await playPayPal(context, shop.sandboxUrl)
	const before = await taken()
	await order(page)
	expect(Object.fromEntries(asked[0] ?? [])).toMatchObject({
		'client-id': 'sandbox_paypal_client',
		currency: 'USD',
		intent: 'capture',
		commit: 'true',
	})
	expect(await ourButton(page).count()).toBe(0)

	await itsButton(page).click()
	await page.getByText('Enter an e-mail address').waitFor()
	expect(context.pages()).toHaveLength(1)

	await page.getByLabel('E-mail').fill(newEmail())
	const shown = await openWindow(page, context)
	await shown.getByText(MUG).first().waitFor()
	await shown.getByRole('button', { name: 'Pay', exact: true }).click()
	await receiptIsShown(page)
	expect(await taken()).toBe(before + 1)
})

test.each([
	['called off in it', (shown: Page) => shown.getByRole('button', { name: 'Cancel' }).click()],
	['closed', (shown: Page) => shown.close()],
])('a window that is %s takes nothing, and the same order is paid in the next one', async (_how, leave) => {
	const { page, context } = await openShop()
	await playPayPal(context, shop.sandboxUrl)
	const before = await taken()
	await order(page)
	await page.getByLabel('E-mail').fill(newEmail())
	await leave(await openWindow(page, context))
	await news(page).getByText('You called it off at PayPal.').waitFor()
	await news(page).getByText('Nothing was charged.').waitFor()
	expect(await taken()).toBe(before)

	const again = await openWindow(page, context)
	await again.getByRole('button', { name: 'Pay', exact: true }).click()
	await receiptIsShown(page)
	expect(await taken()).toBe(before + 1)
})

test('a source of money that is declined after the yes is asked about again at PayPal, and another one pays', async () => {
	const { page, context } = await openShop()
	await playPayPal(context, shop.sandboxUrl)
	const before = await taken()
	await order(page)
	await page.getByLabel('E-mail').fill(newEmail())
	const shown = await openWindow(page, context)
	await shown.getByLabel('Is declined when the shop collects').check()
	await shown.getByRole('button', { name: 'Pay', exact: true }).click()
	// The window is gone by now, so the page itself goes to PayPal: the order is the same.
	await page.getByRole('heading', { name: 'Pay with a test account' }).waitFor()
	expect(await taken()).toBe(before)
	await page.getByRole('button', { name: 'Pay', exact: true }).click()
	await receiptIsShown(page)
	expect(await taken()).toBe(before + 1)
})

test('without PayPal’s script the page goes to PayPal and comes back', async () => {
	const { page, context } = await openShop(/www\.paypal\.com|ERR_FAILED/)
	await context.route('https://www.paypal.com/**', (route) => route.abort())
	await order(page)
	await page.getByLabel('E-mail').fill(newEmail())
	await ourButton(page).click()
	await page.getByRole('heading', { name: 'Pay with a test account' }).waitFor()
	await page.getByRole('button', { name: 'Pay', exact: true }).click()
	await receiptIsShown(page)
})

test('PayPal’s hosts are named on the checkout and nowhere else', async () => {
	const { page, context } = await openShop()
	await playPayPal(context, shop.sandboxUrl)
	const policies = new Map<string, string>()
	page.on('response', (response) => {
		const policy = response.headers()['content-security-policy']
		if (response.request().isNavigationRequest() && policy)
			policies.set(new URL(response.url()).pathname.split('/')[1] ?? '', policy)
	})
	await order(page)
	expect(policies.get('shop')).not.toContain('paypal')
	expect(policies.get('checkout')).toContain('https://*.paypal.com')
	expect(policies.get('checkout')).not.toContain('stripe')
})
