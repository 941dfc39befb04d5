import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { markPage, openDesk, panel } from './console-desk.ts'
import { callApi, makePaid } from './till.ts'

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Refund this payment' })

async function startRefund(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Refund', exact: true }).click()
	await dialog(page).waitFor()
}

async function refundPart(page: Page, amount: string): Promise<void> {
	await dialog(page).getByText('A part of it').click()
	await dialog(page).getByLabel('Amount to refund').fill(amount)
}

const status = (page: Page, text: string) =>
	page.getByRole('heading', { level: 1 }).getByText(text, { exact: true })

describe('a refund from the console', () => {
	test('returns a part and then the rest, and another open page follows live', async () => {
		const payment = await makePaid(1_999, 'eur', 'Refunded in two parts')
		const path = `/console/payments/${payment.id}`
		const { page } = await openDesk(path)
		const { page: watching } = await openDesk(path)
		const stayed = await markPage(watching)

		await startRefund(page)
		await refundPart(page, '5.00')
		await dialog(page).getByRole('button', { name: 'Refund €5.00' }).click()
		await dialog(page).waitFor({ state: 'hidden' })
		for (const open of [page, watching]) {
			await status(open, 'Partly refunded').waitFor()
			await panel(open, 'Refunds').getByText('€5.00').waitFor()
			await open.getByText('You can refund up to €14.99.').waitFor()
		}

		await startRefund(page)
		await dialog(page).getByRole('button', { name: 'Refund €14.99' }).click()
		await dialog(page).waitFor({ state: 'hidden' })
		for (const open of [page, watching]) {
			await status(open, 'Refunded').waitFor()
			await open.getByText('There is nothing left to refund.').waitFor()
			expect(await open.getByRole('button', { name: 'Refund', exact: true }).count()).toBe(0)
		}
		expect(await stayed()).toBe(true)
	})

	test('of more than is left is refused with the amount that is left, and nothing is returned', async () => {
		const payment = await makePaid(1_999, 'eur', 'Refused refund')
		const { page } = await openDesk(`/console/payments/${payment.id}`)
		await startRefund(page)
		await refundPart(page, '20.00')
		await dialog(page).getByRole('button', { name: 'Refund', exact: false }).click()
		await dialog(page).getByRole('alert').getByText('This is more than €19.99.').waitFor()
		expect(await dialog(page).isVisible()).toBe(true)
		expect(await panel(page, 'Refunds').count()).toBe(0)
	})

	test('that somebody else has just made is not made again from a dialog that was already open', async () => {
		const payment = await makePaid(1_999, 'eur', 'Refunded by two people')
		const { page } = await openDesk(`/console/payments/${payment.id}`, { mayFail: /409|ERR_FAILED/ })
		// The dialog must not learn of the other refund before it is sent.
		await page.route('**/console/**', async (route) => {
			if (route.request().method() === 'GET') await route.abort()
			else await route.continue()
		})
		await startRefund(page)
		await refundPart(page, '15.00')
		expect((await callApi('POST', `/api/v1/payments/${payment.id}/refund`, { amount: 1_000 })).ok).toBe(true)
		await dialog(page).getByRole('button', { name: 'Refund €15.00' }).click()
		const refusal = dialog(page).getByRole('alert')
		await refusal.waitFor()
		expect(await refusal.innerText()).toContain('9.99')
		await page.unroute('**/console/**')
		await page.reload()
		await page.getByText('You can refund up to €9.99.').waitFor()
		expect(await panel(page, 'Refunds').getByRole('listitem').count()).toBe(1)
	})
})
