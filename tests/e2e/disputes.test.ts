import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { markPage, openDesk, panel } from './console-desk.ts'
import { callApi, disputeOf, makePaid } from './till.ts'

const heading = (page: Page, text: string) =>
	page.getByRole('heading', { level: 1 }).getByText(text, { exact: true })

const disputed = async (card = 'pm_card_createDispute') => {
	const description = `Mug ${randomUUID().slice(0, 8)}`
	const payment = await makePaid(2_000, 'eur', description, card)
	return { payment, description, dispute: await disputeOf(payment.id) }
}

describe('a dispute in the console', () => {
	test('comes in live, is answered once with what the house knows, and is won', async () => {
		const { page: watching } = await openDesk('/console/disputes')
		const stayed = await markPage(watching)
		const { payment, description, dispute } = await disputed()
		const row = watching.locator(`[data-dispute="${dispute.id}"]`)
		await row.getByText('The customer says it was not them').first().waitFor()
		await row.getByText(/^\d+ days left$/).waitFor()

		const { page } = await openDesk(`/console/payments/${payment.id}`)
		await page.getByText('The bank took €20.00 and the gateway a fee of €15.00.').waitFor()
		expect(await page.getByRole('button', { name: 'Refund', exact: true }).count()).toBe(0)
		await panel(page, 'Disputes').getByRole('link', { name: 'Answer the bank' }).click()
		await heading(page, 'Needs response').waitFor()

		const answer = panel(page, 'Your answer to the bank')
		expect(await answer.getByLabel('What was sold').inputValue()).toBe(description)
		const statement = answer.getByLabel('Statement')
		expect(await statement.inputValue()).toContain('Paid: 20.00 EUR')
		await answer.getByLabel('Customer’s e-mail address').fill('ada@example.com')
		await answer.getByRole('button', { name: 'Save draft' }).click()
		await answer.getByText('Your draft. Nothing has been sent yet.').waitFor()
		await page.reload()
		expect(await answer.getByLabel('Customer’s e-mail address').inputValue()).toBe('ada@example.com')

		await statement.fill('winning_evidence')
		await answer.getByRole('button', { name: 'Submit to the bank…' }).click()
		await page.getByRole('dialog').getByRole('button', { name: 'Submit once and for all' }).click()
		await page.getByText('The bank decided for you').first().waitFor()
		await page.getByText('€20.00 is yours again. The fee was given back too.').waitFor()
		await panel(page, 'What the bank was sent').waitFor()
		expect(await page.getByRole('button', { name: /Submit|Save draft|Give up/ }).count()).toBe(0)
		await row.getByText('Won').waitFor()
		expect(await stayed()).toBe(true)
	})

	test('is given up with the whole loss in sight', async () => {
		const { dispute } = await disputed('pm_card_createDisputeProductNotReceived')
		const { page } = await openDesk(`/console/disputes/${dispute.id}`)
		await page.getByRole('button', { name: 'Give up…' }).click()
		const dialog = page.getByRole('dialog', { name: 'Give up this dispute?' })
		await dialog.getByText('€35.00').waitFor()
		await dialog.getByRole('button', { name: 'Give up €20.00' }).click()
		await heading(page, 'Lost').waitFor()
		await page.getByText('€20.00 went back to them, and the fee of €15.00 is gone too.').waitFor()
		await page.getByRole('link', { name: 'Disputes' }).first().click()
		await page.getByRole('navigation', { name: 'Filter disputes' }).getByText('Lost').click()
		await page.waitForURL('**/console/disputes?status=lost')
		await page.locator(`[data-dispute="${dispute.id}"][data-status="lost"]`).waitFor()
	})

	test('that is an inquiry takes nothing, offers a refund and refuses none', async () => {
		const { payment, dispute } = await disputed('pm_card_createDisputeInquiry')
		const { page } = await openDesk(`/console/disputes/${dispute.id}`)
		await page.getByText('No money was taken. Answer in time, or refund the customer').waitFor()
		expect(await page.getByRole('button', { name: 'Give up…' }).count()).toBe(0)
		await page.getByRole('link', { name: 'Refund instead' }).click()
		await page.getByRole('button', { name: 'Refund', exact: true }).waitFor()
		expect((await callApi('POST', `/api/v1/payments/${payment.id}/refund`, { amount: 500 })).status).toBe(201)
	})
})
