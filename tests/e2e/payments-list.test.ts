import { beforeAll, describe, expect, test } from 'vitest'
import { openDesk, rows } from './console-desk.ts'
import { makePaid, makePayment } from './till.ts'
import type { Page } from 'playwright-core'

const PAGE = 25
/** A currency of their own keeps these payments apart from those of the other tests. */
const CURRENCY = 'nok'

const titles = async (page: Page) =>
	(await rows(page).getByRole('link').allInnerTexts()).map((text) => text.trim())

describe('the list of payments', () => {
	beforeAll(async () => {
		for (let number = 1; number <= PAGE + 3; number++) {
			await makePayment({ amount: 10_000 + number, currency: CURRENCY, description: `Listed ${number}` })
		}
	})

	test('goes page by page to the oldest and back, without a payment lost or shown twice', async () => {
		const { page } = await openDesk(`/console/payments?currency=${CURRENCY}`)
		await expect.poll(() => rows(page).count()).toBe(PAGE)
		const newest = await titles(page)
		await page.getByRole('link', { name: 'Older' }).click()
		await expect.poll(() => rows(page).count()).toBe(3)
		const oldest = await titles(page)
		expect(new Set([...newest, ...oldest]).size).toBe(PAGE + 3)
		expect(await page.getByRole('link', { name: 'Older' }).count()).toBe(0)
		await page.getByRole('link', { name: 'Newer' }).click()
		await expect.poll(() => rows(page).count()).toBe(PAGE)
		expect(await titles(page)).toEqual(newest)
	})

	test('filters by status and by text; each filter can be taken away', async () => {
		await makePaid(20_000, CURRENCY, 'Collected in the list')
		const { page } = await openDesk(`/console/payments?currency=${CURRENCY}`)
		await page.getByLabel('Status').selectOption({ label: 'Succeeded' })
		await page.getByRole('button', { name: 'Filter' }).click()
		await expect.poll(() => rows(page).count()).toBe(1)
		await rows(page).getByText('Collected in the list').last().waitFor()

		await page.getByRole('searchbox', { name: 'Search' }).fill('nothing is called so')
		await page.getByRole('button', { name: 'Filter' }).click()
		await page.getByText('No payment matches').waitFor()
		await page.getByRole('link', { name: /Remove filter: .*nothing is called so/ }).click()
		await expect.poll(() => rows(page).count()).toBe(1)
		await page.getByRole('link', { name: 'Clear all' }).click()
		await expect.poll(() => rows(page).count()).toBe(PAGE)
	})

	test('has no page for a payment nobody knows', async () => {
		const { page } = await openDesk('/console/payments', { mayFail: /404/ })
		for (const id of ['pay_01m7y98ks4f23sssz6abhxb85r', 'not-an-id']) {
			const response = await page.goto(`/console/payments/${id}`)
			expect(response?.status()).toBe(404)
			await page.getByText('There is no such payment').waitFor()
		}
		await page.getByRole('link', { name: 'All payments' }).click()
		await page.getByRole('heading', { name: 'Payments', exact: true }).waitFor()
	})

	test.each([
		['jpy', 1_999, '¥1,999', '¥1,999JPY'],
		['kwd', 12_340, 'KWD 12.340', 'KWD 12.340KWD'],
	])('shows %s with the decimals the currency has', async (currency, amount, listed, titled) => {
		const payment = await makePaid(amount, currency, `Paid in ${currency}`)
		const { page } = await openDesk(`/console/payments?currency=${currency}`)
		const plain = (text: string) => text.replaceAll(/\s+/g, ' ').trim()
		expect((await titles(page)).map((title) => plain(title.split(',\u0020Paid')[0] ?? ''))[0]).toContain(
			listed,
		)
		await page.goto(`/console/payments/${payment.id}`)
		const heading = page.getByRole('heading', { level: 1 })
		expect(plain((await heading.textContent()) ?? '')).toContain(titled)
		await page.getByText(`You can refund up to ${listed}.`).waitFor()
	})
})
