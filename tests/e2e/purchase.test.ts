import { describe, expect, test } from 'vitest'
import { isLive, markPage, openDesk, panel, rows, tile } from './console-desk.ts'
import { fillIn, fillCard, MUG, news, orderMug, payButton, receiptIsShown, referenceOf } from './shopping.ts'
import { chargesOf, findPayment, newCard } from './till.ts'
import { openVisitor } from './visitor.ts'

const dollarsOf = (text: string): number => Number(text.replaceAll(/[^\d.]/g, ''))
const inCents = (text: string): number => Math.round(dollarsOf(text) * 100)

describe('a purchase', () => {
	test('goes from the shop to the receipt while the open dashboard shows it without a reload', async () => {
		const { page: desk } = await openDesk('/console?currency=usd')
		const stayed = await markPage(desk)
		const volume = tile(desk, 'Volume')
		const collectedBefore = inCents(await volume.first().innerText())
		const paymentsBefore = dollarsOf(await volume.last().innerText())

		const { page } = await openVisitor()
		await orderMug(page)
		await fillIn(page, '4242 4242 4242 4242')
		await payButton(page).click()
		await receiptIsShown(page)

		const { id } = await findPayment(await referenceOf(page))
		const row = desk.getByRole('table', { name: 'Latest payments' }).locator(`[data-payment="${id}"]`)
		await row.getByText('Succeeded').waitFor()
		await row.getByRole('link', { name: MUG }).waitFor()
		await expect.poll(async () => inCents(await volume.first().innerText())).toBe(collectedBefore + 2_400)
		expect(dollarsOf(await volume.last().innerText())).toBe(paymentsBefore + 1)
		expect(await stayed()).toBe(true)
		await isLive(desk)
	})

	test('that is declined says why, and another card pays the same payment', async () => {
		const { page } = await openVisitor()
		await orderMug(page)
		await fillIn(page, '4000 0000 0000 0002')
		await payButton(page).click()
		await news(page).getByText('The bank declined the card.').waitFor()
		await news(page).getByText('Nothing was charged.').waitFor()

		await fillCard(page, newCard())
		await payButton(page).click()
		await receiptIsShown(page)

		const payment = await findPayment(await referenceOf(page))
		const charges = await chargesOf(payment.id)
		expect(charges.map(({ status }) => status).sort()).toEqual(['failed', 'succeeded'])

		const { page: desk } = await openDesk(`/console/payments?q=${payment.reference}`)
		await expect.poll(() => rows(desk).count()).toBe(1)
		await desk.goto(`/console/payments/${payment.id}`)
		const attempts = panel(desk, 'Gateway attempts').getByRole('listitem')
		await expect.poll(() => attempts.count()).toBe(2)
		const texts = (await attempts.allInnerTexts()).join('\n')
		expect(texts).toContain('Declined')
		expect(texts).toContain('Succeeded')
	})
})
