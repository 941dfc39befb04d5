import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { isLive, markPage, openDesk, panel } from './console-desk.ts'
import {
	authorizeDebit,
	chooseMethod,
	fillIn,
	MUG,
	news,
	orderMug,
	payButton,
	receiptIsShown,
	referenceOf,
} from './shopping.ts'
import { bringForward, callApi, findPayment, newCard, newEmail, paidCharges, rowOf } from './till.ts'
import { openVisitor } from './visitor.ts'

const paypal = (page: Page) => page.getByRole('heading', { name: 'Pay with a test account' })

async function goToPayPal(page: Page): Promise<void> {
	await orderMug(page)
	await chooseMethod(page, 'PayPal')
	await page.getByLabel('E-mail').fill(newEmail())
	await page.getByRole('button', { name: `Pay ${MUG} with PayPal` }).click()
	await paypal(page).waitFor()
}

describe('PayPal', () => {
	test('is left for, said yes to, and paid when the shopper is back', async () => {
		const { page } = await openVisitor()
		await goToPayPal(page)
		await page.getByText(MUG).first().waitFor()
		await page.getByRole('button', { name: 'Pay', exact: true }).click()
		await receiptIsShown(page)
		await page.getByText('PayPal', { exact: true }).first().waitFor()

		const { id } = await findPayment(await referenceOf(page))
		expect(await rowOf(id)).toMatchObject({ status: 'succeeded', payment_method: { type: 'paypal' } })
	})

	test('is called off there: the page says so, and another way pays the same order', async () => {
		const { page } = await openVisitor()
		await goToPayPal(page)
		await page.getByRole('button', { name: 'Cancel' }).click()
		await news(page).getByText('You called it off at PayPal.').waitFor()
		await news(page).getByText('Nothing was charged.').waitFor()
		expect(new URL(page.url()).search).toBe('')
		expect(await page.getByRole('radio', { name: 'PayPal' }).isChecked()).toBe(true)

		await page.reload()
		await news(page).getByText('You called it off at PayPal.').waitFor()
		await chooseMethod(page, 'Card')
		await page.locator('[data-method=card] [data-form=ready]').waitFor()
		await fillIn(page, newCard())
		await payButton(page).click()
		await receiptIsShown(page)
		const { id } = await findPayment(await referenceOf(page))
		expect(await paidCharges(id)).toHaveLength(1)
	})

	test('waits when the shopper comes back by the browser’s button, and can be gone on with', async () => {
		const { page } = await openVisitor()
		await goToPayPal(page)
		await page.goBack()
		await page.getByRole('button', { name: 'Continue at PayPal' }).click()
		await paypal(page).waitFor()
		await page.getByRole('button', { name: 'Pay', exact: true }).click()
		await receiptIsShown(page)
	})
})

describe('a wallet', () => {
	test('pays with one press and the card behind it', async () => {
		const { page } = await openVisitor()
		await orderMug(page)
		const wallets = page.getByTitle('Wallets').contentFrame()
		await wallets.getByRole('button', { name: 'Apple Pay' }).click()
		await wallets.getByRole('button', { name: `Pay ${MUG}` }).click()
		await receiptIsShown(page)
		const { id } = await findPayment(await referenceOf(page))
		expect(await rowOf(id)).toMatchObject({ payment_method: { type: 'apple_pay', brand: 'visa' } })
		expect(await paidCharges(id)).toHaveLength(1)
	})
})

describe('a card', () => {
	test('that one gateway cannot charge is charged by the next, with one receipt', async () => {
		const { page } = await openVisitor()
		await orderMug(page)
		await fillIn(page, '4000 0000 0000 0119')
		await payButton(page).click()
		await receiptIsShown(page)
		const { id } = await findPayment(await referenceOf(page))
		expect(await rowOf(id)).toMatchObject({ status: 'succeeded', amount_captured: 2_400 })
		const { page: desk } = await openDesk(`/console/payments/${id}`)
		const attempts = panel(desk, 'Gateway attempts').getByRole('listitem')
		await expect.poll(() => attempts.count()).toBe(2)
		const texts = (await attempts.allInnerTexts()).join('\n')
		expect(texts).toMatch(/Stripe[^]*Declined/i)
		expect(texts).toMatch(/PayPal[^]*Succeeded/i)
	})
})

describe('the question of a card’s bank', () => {
	test('may be left for another way to pay', async () => {
		const { page } = await openVisitor()
		await orderMug(page)
		await fillIn(page, '4000 0000 0000 3220')
		await payButton(page).click()
		await page.getByRole('dialog').getByRole('button', { name: 'Choose another way to pay' }).click()
		await news(page).getByText('You stopped before confirming.').waitFor()
		await fillIn(page, newCard())
		await payButton(page).click()
		await receiptIsShown(page)
		const { id } = await findPayment(await referenceOf(page))
		expect(await paidCharges(id)).toHaveLength(1)
	})
})

describe('a bank debit', () => {
	test('is authorized now and paid days later; the shopper and the console see it happen', async () => {
		const { page } = await openVisitor()
		await orderMug(page)
		await authorizeDebit(page)
		await page.getByText(`Your bank is paying ${MUG}`).waitFor()
		await page.getByText('3–5 working days').waitFor()
		const reference = (await page.locator('[data-phase=awaiting] .font-mono').innerText()).trim()
		await page.getByRole('link', { name: 'See where the payment stands' }).click()
		await page.getByRole('heading', { name: `Your bank is paying ${MUG}` }).waitFor()
		await isLive(page)

		const { id } = await findPayment(reference)
		const { page: desk } = await openDesk(`/console/payments/${id}`)
		const stayed = await markPage(desk)
		await panel(desk, 'Details').getByText('6789').first().waitFor()
		await desk.getByText('Processing').first().waitFor()

		await bringForward(id, 7 * 86_400)
		await page.getByRole('heading', { name: `${MUG} paid` }).waitFor()
		await desk.getByText('Succeeded').first().waitFor()
		expect(await stayed()).toBe(true)
		expect(await paidCharges(id)).toHaveLength(1)
	})
})

describe('another currency', () => {
	const inEuros = /^Pay €/

	test('shows its price, renews it when its time is over, and charges the one that was shown', async () => {
		const { page } = await openVisitor()
		let quotes = 0
		await page.route('**/quote', async (route) => {
			const answer = await route.fetch()
			const body = (await answer.json()) as { quote: { expires_at: number } }
			// The first price is kept for a moment only, as one is that was asked for long ago.
			if (quotes++ === 0) body.quote.expires_at = Math.ceil(Date.now() / 1000) + 3
			await route.fulfill({ response: answer, json: body })
		})
		await orderMug(page)
		await page.getByLabel('Pay in').selectOption('eur')
		await page.getByText('This price is kept for').waitFor()
		await page.getByText('The price had expired. This is the new one; nothing was charged.').waitFor()
		expect(quotes).toBe(2)
		const price = (await page.getByRole('button', { name: inEuros }).innerText()).replace('Pay ', '')

		await fillIn(page, newCard())
		await page.getByRole('button', { name: inEuros }).click()
		await page.getByRole('heading', { name: `${price} paid` }).waitFor()
		const { id } = await findPayment(await referenceOf(page))
		const [charge] = await paidCharges(id)
		expect(charge).toMatchObject({
			amount: Math.round(Number(price.replace('€', '')) * 100),
			currency: 'eur',
		})
	})

	test('is not charged at a price that no longer holds', async () => {
		const { page } = await openVisitor({ mayFail: /409/ })
		await page.route('**/confirm', async (route) => {
			const body = route.request().postDataJSON() as Record<string, string>
			await route.continue({ postData: { ...body, quote_id: 'fxq_00000000000000000000000000' } })
		})
		await orderMug(page)
		await page.getByLabel('Pay in').selectOption('eur')
		await page.getByText('This price is kept for').waitFor()
		await fillIn(page, newCard())
		await page.getByRole('button', { name: inEuros }).click()
		await news(page).getByText('This price no longer holds. Nothing was charged.').waitFor()
		await page.getByText('The price had expired. This is the new one; nothing was charged.').waitFor()
		await page.unroute('**/confirm')
		await page.getByRole('button', { name: inEuros }).click()
		await page.getByRole('heading', { name: / paid$/ }).waitFor()
	})
})

test('too many tries are told to wait, and the button says how long', async () => {
	const { page } = await openVisitor({ mayFail: /429/ })
	let refused = 0
	await page.route('**/confirm', async (route) => {
		if (refused++ > 0) return route.continue()
		const error = { code: 'too_many_tries', message: 'Too many tries to pay. Nothing was charged.' }
		await route.fulfill({ status: 429, headers: { 'retry-after': '4' }, json: { error } })
	})
	await orderMug(page)
	await fillIn(page, newCard())
	await payButton(page).click()
	const waiting = page.getByRole('button', { name: /^Try again in 0:0\d/ })
	await waiting.waitFor()
	expect(await waiting.isDisabled()).toBe(true)
	await news(page).getByText('Too many tries to pay.').waitFor()
	await payButton(page).click()
	await receiptIsShown(page)
})

test('the API shows what each payment was paid with', async () => {
	const answer = await callApi('GET', '/api/v1/payments?limit=100')
	const { data } = (await answer.json()) as { data: { payment_method: { type: string } | null }[] }
	const types = new Set(data.map(({ payment_method: method }) => method?.type))
	expect([...types]).toEqual(expect.arrayContaining(['card', 'paypal', 'apple_pay', 'us_bank_account']))
})
