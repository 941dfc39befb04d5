import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { text as streamText } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { isLive, openDesk } from './console-desk.ts'
import { SCREENS } from './global-setup.ts'
import { makePayment, newEmail, rowOf } from './till.ts'
import { DESKTOP, PHONE } from './visitor.ts'

const payWith = (email: string) =>
	makePayment({
		amount: 7_900,
		currency: 'ron',
		payment_method: 'pm_card_visa',
		confirm: true,
		receipt_email: email,
	})

async function find(page: Page, who: string): Promise<void> {
	await page.getByLabel('E-mail address or payment').fill(who)
	await page.getByRole('button', { name: 'Find' }).click()
	await page.getByRole('heading', { name: 'What is held' }).waitFor()
}

test('a payer asks for their data and to be forgotten: the file has them, then nothing does', async () => {
	const email = newEmail()
	const { id } = await payWith(email)
	const { page } = await openDesk('/console/privacy', { mayFail: /status of (400|404)/ })
	await page.getByLabel('E-mail address or payment').fill('nobody@example.com')
	await page.getByRole('button', { name: 'Find' }).click()
	await page.getByRole('alert').waitFor()
	await find(page, email.toUpperCase())
	await page.getByRole('heading', { name: email }).waitFor()

	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'Export as JSON' }).click(),
	])
	const file = await streamText(await download.createReadStream())
	for (const held of [email, id]) expect(file).toContain(held)

	await page.getByRole('button', { name: 'Erase', exact: true }).click()
	const dialog = page.getByRole('dialog')
	await dialog.getByLabel('Why').fill('They asked by letter.')
	await dialog.getByLabel(/^Type/).fill('perhaps')
	await dialog.getByRole('button', { name: 'Erase for good' }).click()
	await dialog.getByRole('alert').waitFor()
	await dialog.getByLabel(/^Type/).fill('erase')
	await dialog.getByRole('button', { name: 'Erase for good' }).click()
	await page.getByText('nothing says whose they were').waitFor()
	expect(await page.locator('main').textContent()).not.toContain(email)

	await page.goto(`/console/payments/${id}`)
	await page.getByRole('heading', { level: 1 }).waitFor()
	expect(await page.locator('main').textContent()).not.toContain(email)
	expect(await rowOf(id)).toMatchObject({ status: 'succeeded', amount: 7_900, receipt_email: null })
})

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
	test.each([
		['desktop', DESKTOP],
		['phone', PHONE],
	] as const)('privacy looks right on a %s', async (size, viewport) => {
		const email = newEmail()
		await payWith(email)
		const { page } = await openDesk('/console/privacy', { colorScheme, viewport })
		await looksRight(page, `privacy-${colorScheme}-${size}`)
		await find(page, email)
		await looksRight(page, `payer-${colorScheme}-${size}`)
		await page.getByRole('button', { name: 'Erase', exact: true }).click()
		await page.getByRole('dialog').waitFor()
		await looksRight(page, `payer-erase-${colorScheme}-${size}`)
	})
})

async function looksRight(page: Page, name: string): Promise<void> {
	await isLive(page)
	await page.evaluate(() => document.fonts.ready)
	await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)))
	await page.screenshot({ path: `${SCREENS}${name}.png` })
	const { violations } = await new AxeBuilder({ page }).analyze()
	const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
	expect(grave.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([])
	const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
	expect(overflow).toBeLessThanOrEqual(0)
}
