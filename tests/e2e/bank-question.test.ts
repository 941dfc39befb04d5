import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { fillCard, fillIn, news, orderMug, payButton, receiptIsShown, referenceOf } from './shopping.ts'
import { chargesOf, findPayment, newCard, paidCharges } from './till.ts'
import { openVisitor } from './visitor.ts'

const ASKS = '4000 0000 0000 3220'

const question = (page: Page) => page.getByRole('dialog', { name: 'Your bank wants to confirm it’s you' })
const bank = (page: Page) => question(page).getByTitle('Question from your bank').contentFrame()

async function payWithQuestion(page: Page): Promise<void> {
	await orderMug(page)
	await fillIn(page, ASKS)
	await payButton(page).click()
	await bank(page).getByRole('heading', { name: 'Confirm your payment' }).waitFor()
}

describe('the question of the bank', () => {
	test('is asked in a dialog, and answering it pays', async () => {
		const { page } = await openVisitor()
		await payWithQuestion(page)
		await bank(page).getByRole('button', { name: 'Complete' }).click()
		await receiptIsShown(page)
		const { id } = await findPayment(await referenceOf(page))
		expect(await paidCharges(id)).toHaveLength(1)
	})

	test('may be failed: nothing is charged, and another card may try', async () => {
		const { page } = await openVisitor()
		await payWithQuestion(page)
		await bank(page).getByRole('button', { name: 'Fail' }).click()
		await question(page).waitFor({ state: 'hidden' })
		await news(page).getByText('The bank could not confirm it was you.').waitFor()
		await news(page).getByText('Nothing was charged.').waitFor()

		await fillCard(page, newCard())
		await payButton(page).click()
		await receiptIsShown(page)
		const { id } = await findPayment(await referenceOf(page))
		expect(await paidCharges(id)).toHaveLength(1)
	})

	test('may be put off: after a reload the payment waits and can be continued', async () => {
		const { page } = await openVisitor()
		await payWithQuestion(page)
		await page.reload()
		await page.getByRole('button', { name: 'Continue authentication' }).click()
		await bank(page).getByRole('button', { name: 'Complete' }).click()
		await receiptIsShown(page)
		const { id } = await findPayment(await referenceOf(page))
		expect(await chargesOf(id)).toHaveLength(1)
	})
})
