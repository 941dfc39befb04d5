import type { FrameLocator, Page } from 'playwright-core'
import { newEmail } from './till.ts'
import { typedCards } from './visitor.ts'

export const MUG = '$24.00'

/** Orders one mug and waits until the checkout can be filled in. */
export async function orderMug(page: Page): Promise<void> {
	await page.goto('/shop')
	await page.getByRole('button', { name: `Buy for ${MUG}: 1 × Stoneware mug` }).click()
	await cardFormIsReady(page)
}

export async function cardFormIsReady(page: Page): Promise<void> {
	await page.getByRole('heading', { name: 'Payment', exact: true }).waitFor()
	await page.locator('[data-form=ready]').waitFor()
}

export const cardFrame = (page: Page): FrameLocator =>
	page.getByTitle('Card number, expiry date and security code').contentFrame()

/** Chooses a way to pay by its name. */
export async function chooseMethod(page: Page, name: string): Promise<void> {
	await page.getByRole('radio', { name }).check()
}

export const payButton = (page: Page) => page.getByRole('button', { name: `Pay ${MUG}`, exact: true })

/** The one place of the checkout that speaks of the money. */
export const news = (page: Page) =>
	page.getByRole('form', { name: 'Payment' }).locator('[data-tone] [role=status]')

export async function fillIn(page: Page, card: string, email = newEmail()): Promise<void> {
	await page.getByLabel('E-mail').fill(email)
	await page.getByLabel('Name on card').fill('Ada Lovelace')
	await fillCard(page, card)
}

export async function fillCard(page: Page, card: string): Promise<void> {
	typedCards.add(card.replaceAll(' ', ''))
	const frame = cardFrame(page)
	await frame.getByLabel('Card number').fill(card)
	await frame.getByLabel('Expiry').fill('12 / 34')
	await frame.getByLabel('Security code').fill('123')
}

/** Chooses the US bank account, fills it in and authorizes the debit. */
export async function authorizeDebit(page: Page, account = '000123456789'): Promise<void> {
	await chooseMethod(page, 'US bank account')
	await page.locator('[data-method=us_bank_account] [data-form=ready]').waitFor()
	await page.getByLabel('E-mail').fill(newEmail())
	await page.getByLabel('Name of the account holder').fill('Dora Debit')
	const bank = page.getByTitle('Routing number and account number').contentFrame()
	await bank.getByLabel('Routing number').fill('110000000')
	await bank.getByLabel('Account number').fill(account)
	await page.getByRole('region', { name: 'Debit authorization' }).getByText(MUG).waitFor()
	await page.getByRole('button', { name: `Authorize debit of ${MUG}` }).click()
}

export async function receiptIsShown(page: Page): Promise<void> {
	await page.getByRole('heading', { name: `${MUG} paid` }).waitFor()
	await page.waitForURL('**/receipt')
}

/** The reference printed on the receipt. */
export async function referenceOf(page: Page): Promise<string> {
	const row = page.locator('dl > div').filter({ hasText: 'Reference' })
	return (await row.getByRole('definition').innerText()).trim()
}
