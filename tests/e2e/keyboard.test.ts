import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { cardFormIsReady, cardFrame, payButton, receiptIsShown } from './shopping.ts'
import { newCard, newEmail } from './till.ts'
import { openVisitor, PHONE, typedCards } from './visitor.ts'

const MOST_TABS = 30

const hasFocus = (target: Locator) =>
	target.evaluate((element) => element === document.activeElement && document.hasFocus())

async function tabTo(page: Page, target: Locator): Promise<void> {
	for (let tabs = 0; tabs < MOST_TABS; tabs++) {
		if (await hasFocus(target)) return
		await page.keyboard.press('Tab')
	}
	throw new Error(`${target} cannot be reached with the Tab key`)
}

async function type(page: Page, target: Locator, text: string): Promise<void> {
	await tabTo(page, target)
	await page.keyboard.type(text)
}

test('a whole purchase needs no mouse on a narrow screen', async () => {
	const { page } = await openVisitor({ viewport: PHONE })
	const card = newCard()
	typedCards.add(card)
	await page.goto('/shop')
	await tabTo(page, page.getByRole('button', { name: /Stoneware mug/ }))
	await page.keyboard.press('Enter')
	await cardFormIsReady(page)

	await type(page, page.getByLabel('E-mail'), newEmail())
	await type(page, page.getByLabel('Name on card'), 'Ada Lovelace')
	await type(page, cardFrame(page).getByLabel('Card number'), card)
	await type(page, cardFrame(page).getByLabel('Expiry'), '1234')
	await type(page, cardFrame(page).getByLabel('Security code'), '123')
	await tabTo(page, payButton(page))
	await page.keyboard.press('Enter')
	await receiptIsShown(page)

	const back = page.getByRole('link', { name: 'Back to the shop' })
	await tabTo(page, back)
	await page.keyboard.press('Enter')
	await page.getByRole('heading', { name: 'Shop', exact: true }).waitFor()
	expect(new URL(page.url()).pathname).toBe('/shop')
})
