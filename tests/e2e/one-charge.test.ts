import { describe, expect, test } from 'vitest'
import { openLine } from './line.ts'
import {
	cardFormIsReady,
	fillIn,
	MUG,
	news,
	orderMug,
	payButton,
	receiptIsShown,
	referenceOf,
} from './shopping.ts'
import { chargesOf, findPayment, newCard, slowDown } from './till.ts'
import { openVisitor } from './visitor.ts'
import type { Page } from 'playwright-core'

const ON_ITS_WAY = /Contacting your bank|Checking the payment/
const OFFLINE = /ERR_|Failed to fetch/

async function isChargedOnce(page: Page): Promise<void> {
	await receiptIsShown(page)
	const { id, amount } = await findPayment(await referenceOf(page))
	const charges = await chargesOf(id)
	expect(charges).toHaveLength(1)
	expect(charges[0]).toMatchObject({ status: 'succeeded', captured: true, amount })
}

describe('one payment is one charge', () => {
	test('when two browsers have the same checkout open and both pay, one of them twice in a hurry', async () => {
		const [{ page: first }, { page: second }] = [await openVisitor(), await openVisitor({ mayFail: /409/ })]
		await orderMug(first)
		await second.goto(first.url())
		await cardFormIsReady(second)
		await fillIn(first, newCard())
		await fillIn(second, newCard())
		await Promise.all([payButton(first).dblclick(), payButton(second).click()])
		await receiptIsShown(second)
		await isChargedOnce(first)
	})

	test('when the page is loaded again in the middle', async () => {
		const { page } = await openVisitor()
		await orderMug(page)
		await fillIn(page, newCard())
		await slowDown(3_000)
		await payButton(page).click()
		await news(page).getByText(ON_ITS_WAY).waitFor()
		await page.reload()
		await isChargedOnce(page)
	})

	test('when the shopper goes back after paying', async () => {
		const { page } = await openVisitor()
		await orderMug(page)
		const checkout = page.url()
		await fillIn(page, newCard())
		await payButton(page).click()
		await isChargedOnce(page)

		await page.goBack()
		await page.getByRole('heading', { name: 'Shop', exact: true }).waitFor()
		await page.goto(checkout)
		await isChargedOnce(page)
	})

	test('when the connection drops while paying: the page says so, catches up and shows the receipt', async () => {
		const line = await openLine()
		const { page, context } = await openVisitor({ proxy: line.proxy, mayFail: OFFLINE })
		await orderMug(page)
		await fillIn(page, newCard())
		await slowDown(2_000)
		await payButton(page).click()
		await news(page).getByText(ON_ITS_WAY).waitFor()
		line.cut()
		await context.setOffline(true)
		await news(page).getByText('Reconnecting').waitFor()
		line.mend()
		await context.setOffline(false)
		await isChargedOnce(page)
	})

	test('when the connection drops just as it is paid: the page says paid, and the receipt follows', async () => {
		const { page, context } = await openVisitor({ mayFail: OFFLINE })
		await orderMug(page)
		await fillIn(page, newCard())
		await slowDown(2_000)
		await payButton(page).click()
		await news(page).getByText(ON_ITS_WAY).waitFor()
		// Chromium's offline mode lets the open stream live: the news comes, but no page can be fetched.
		await context.setOffline(true)
		await page.locator('[data-phase=paid]').getByText(`${MUG} paid`).waitFor()
		await context.setOffline(false)
		await isChargedOnce(page)
	})

	test('when the answer to the payment is lost on the way: the same try is sent again', async () => {
		const { page } = await openVisitor({ mayFail: /ERR_FAILED/ })
		const keys: (string | undefined)[] = []
		await page.route('**/confirm', async (route) => {
			keys.push(route.request().headers()['idempotency-key'])
			if (keys.length > 1) return route.continue()
			await route.fetch()
			await route.abort()
		})
		// Without the stream only a second sending can bring the news.
		await page.route('**/stream*', (route) => route.abort())
		await orderMug(page)
		await fillIn(page, newCard())
		await payButton(page).click()
		await isChargedOnce(page)
		expect(keys.length).toBeGreaterThan(1)
		expect(new Set(keys).size).toBe(1)
	})
})
