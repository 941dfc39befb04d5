import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { openDesk, panel, rows } from './console-desk.ts'
import { makePaid } from './till.ts'
import { product } from './visitor.ts'

// Yen, so that the limit is nothing to the other tests.
const CURRENCY = 'jpy'

async function setLimit(amount: string): Promise<void> {
	const { page } = await openDesk('/console/settings/refunds')
	await page.getByLabel('Currency').fill(CURRENCY)
	await page.getByLabel('Above this amount').fill(amount)
	await page.getByRole('button', { name: 'Save the limit' }).click()
	await panel(page, 'Limits').getByText(`Above ${amount} JPY`).waitFor()
}

async function askForAll(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Refund', exact: true }).click()
	const dialog = page.getByRole('dialog', { name: 'Refund this payment' })
	await dialog.getByText('a colleague must approve this').waitFor()
	await dialog.getByText('Stripe keeps its fee of').waitFor()
	await dialog.getByRole('button', { name: 'Ask to refund' }).click()
	await dialog.waitFor({ state: 'hidden' })
}

const queue = (page: Page, title: string) =>
	page.getByRole('list', { name: 'Waiting for approval' }).getByRole('listitem').filter({ hasText: title })

describe('a refund above the limit', () => {
	test('waits for a colleague, who sees it at once, approves it, and both see it paid', async () => {
		await setLimit('500')
		const payment = await makePaid(900, CURRENCY, 'Large refund to approve')
		const path = `/console/payments/${payment.id}`
		const { page: asking } = await openDesk(path)
		const { page: deciding } = await openDesk('/console/refunds', { as: product.manager })
		await askForAll(asking)
		await panel(asking, 'Refunds').getByText('Needs approval').waitFor()
		expect(await panel(asking, 'Refunds').getByRole('button', { name: 'Approve' }).count()).toBe(0)

		const waiting = queue(deciding, 'Large refund to approve')
		await waiting.getByText('Asked for by Olive Owner').waitFor()
		await waiting.getByRole('button', { name: 'Approve' }).click()
		const dialog = deciding.getByRole('dialog', { name: 'Approve this refund' })
		await dialog.getByRole('button', { name: 'Approve and refund' }).click()
		await dialog.waitFor({ state: 'hidden' })
		await waiting.waitFor({ state: 'hidden' })
		await panel(asking, 'Refunds').getByText('approved by Max Manager').waitFor()
		await panel(asking, 'Refunds').getByText('Refunded', { exact: true }).waitFor()
		await asking.getByText('Refund approved by a colleague').waitFor()
	})

	test('is withdrawn by the one who asked, and can be asked for again', async () => {
		await setLimit('400')
		const payment = await makePaid(900, CURRENCY, 'Withdrawn refund')
		const { page } = await openDesk(`/console/payments/${payment.id}`)
		await askForAll(page)
		await panel(page, 'Refunds').getByRole('button', { name: 'Withdraw' }).click()
		await page.getByRole('button', { name: 'Withdraw the refund' }).click()
		await panel(page, 'Refunds').getByText('Refund canceled').waitFor()
		await page.getByText('You can refund up to ¥900.').waitFor()
	})
})

test('chosen payments are refunded together, with a result for each', async () => {
	const payments = [
		await makePaid(1_100, 'chf', 'Bulk one'),
		await makePaid(2_200, 'chf', 'Bulk two'),
		await makePaid(3_300, 'dkk', 'Bulk three'),
	]
	const { page } = await openDesk('/console/payments?q=bulk')
	for (const title of ['Bulk one', 'Bulk two', 'Bulk three']) {
		await page.getByRole('checkbox', { name: `Choose ${title}` }).check()
	}
	await page.getByRole('button', { name: 'Refund 3 payments' }).click()
	const dialog = page.getByRole('dialog')
	await dialog.getByText('CHF 33.00').waitFor()
	await dialog.getByText('DKK 33.00').waitFor()
	expect(await dialog.getByText('Stripe keeps its fees of').count()).toBe(2)
	await dialog.getByRole('button', { name: 'Refund 3 payments' }).dblclick()
	const results = dialog.getByRole('list', { name: 'Results' })
	await dialog.getByText('3 refunds started').waitFor()
	await expect.poll(() => results.getByText('Refunded', { exact: true }).count()).toBe(3)
	await dialog.getByRole('button', { name: 'Done' }).click()
	await dialog.waitFor({ state: 'hidden' })
	await expect.poll(() => rows(page).filter({ hasText: 'Refunded' }).count()).toBe(3)
	expect(await page.getByRole('checkbox', { name: 'Choose Bulk one' }).isDisabled()).toBe(true)
	const books = (await (await fetch(`${product.sandboxUrl}/sandbox/books`)).json()) as {
		charges: { amount_refunded: number; metadata: Record<string, string> }[]
	}
	const ids = new Set(payments.map(({ id }) => id))
	const charged = books.charges.filter(({ metadata }) => ids.has(metadata['payment_id'] ?? ''))
	expect(charged.map(({ amount_refunded }) => amount_refunded).sort((a, b) => a - b)).toEqual([
		1_100, 2_200, 3_300,
	])
})
