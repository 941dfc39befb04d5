import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { logIn } from './console-desk.ts'
import { SCREENS } from './global-setup.ts'
import { DESKTOP, openVisitor, PHONE } from './visitor.ts'

const PASSWORD = 'wobbling turnip garden'
const NEW_PASSWORD = 'seven quiet umbrellas'

async function looksRight(page: Page, name: string): Promise<void> {
	await page.evaluate(() => document.fonts.ready)
	await page.screenshot({ path: `${SCREENS}${name}.png`, fullPage: true })
	const { violations } = await new AxeBuilder({ page }).analyze()
	const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
	expect(
		grave.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`)),
		name,
	).toEqual([])
	const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
	expect(overflow, `${name} scrolls sideways`).toBeLessThanOrEqual(0)
}

/** Opens the newest mail to that address and follows its link. */
async function followMail(page: Page, email: string, subject: string): Promise<void> {
	const mail = page
		.getByRole('list', { name: 'Mails' })
		.getByRole('link')
		.filter({ hasText: email })
		.filter({ hasText: subject })
		.first()
	await page.goto('/dev/mail')
	await expect
		.poll(
			async () => {
				await page.reload()
				return mail.count()
			},
			{ timeout: 30_000 },
		)
		.toBeGreaterThan(0)
	await mail.click()
	await page.getByRole('article').getByRole('link').first().click()
}

const WAYS = [
	{ name: 'light-desktop', colorScheme: 'light', viewport: DESKTOP },
	{ name: 'dark-desktop', colorScheme: 'dark', viewport: DESKTOP },
	{ name: 'light-phone', colorScheme: 'light', viewport: PHONE },
	{ name: 'dark-phone', colorScheme: 'dark', viewport: PHONE },
] as const

describe.each(WAYS)('$name', ({ name, ...way }) => {
	test('sign up, prove the address, change the account, forget the password: the other device is out', async () => {
		const email = `ada.${name}@example.com`
		const { page } = await openVisitor(way)
		await page.goto('/signup')
		await page.getByLabel('Your name').fill('Ada Lace')
		await page.getByLabel('Name of the business').fill('Lace & Co')
		await page.getByLabel('E-mail').fill(email)
		await page.getByLabel('Password').fill(PASSWORD)
		await looksRight(page, `signup-${name}`)
		await page.getByRole('button', { name: 'Make the account' }).click()
		await page.getByRole('heading', { name: 'Check your mail' }).waitFor()
		await looksRight(page, `check-mail-${name}`)

		await followMail(page, email, 'Confirm your e-mail address')
		await page.getByRole('button', { name: 'Confirm this address' }).waitFor()
		await looksRight(page, `verify-${name}`)
		await page.getByRole('button', { name: 'Confirm this address' }).click()
		await page.getByText('Your address is confirmed').waitFor()
		await logIn(page, PASSWORD, email)
		await page.waitForURL('**/console')
		await page.getByRole('heading', { name: 'Overview' }).waitFor()
		await looksRight(page, `empty-console-${name}`)

		const { page: elsewhere } = await openVisitor(way)
		await elsewhere.goto('/login')
		await logIn(elsewhere, PASSWORD, email)
		await elsewhere.waitForURL('**/console')

		await page.goto('/console/profile')
		await page.getByLabel('Your name').fill('Ada Byron Lace')
		await page.getByRole('button', { name: 'Save the name' }).click()
		await page.getByText('Your name is saved.').waitFor()
		expect(await page.getByRole('list', { name: 'Devices' }).getByRole('listitem').count()).toBe(2)
		await looksRight(page, `profile-${name}`)

		const { page: forgetful } = await openVisitor(way)
		await forgetful.goto('/login')
		await forgetful.getByRole('link', { name: 'Forgot your password?' }).click()
		await forgetful.getByLabel('E-mail').fill(email)
		await looksRight(forgetful, `forgot-${name}`)
		await forgetful.getByRole('button', { name: 'Send the link' }).click()
		await forgetful.getByRole('heading', { name: 'Check your mail' }).waitFor()
		await followMail(forgetful, email, 'Choose a new password')
		await forgetful.getByLabel('New password').fill(NEW_PASSWORD)
		await looksRight(forgetful, `reset-${name}`)
		await forgetful.getByRole('button', { name: 'Save the new password' }).click()
		await forgetful.getByText('Your password is changed').waitFor()
		for (const out of [page, elsewhere]) {
			await out.goto('/console')
			await out.waitForURL('**/login?**')
		}
		await logIn(forgetful, NEW_PASSWORD, email)
		await forgetful.waitForURL('**/console')
		await forgetful.goto('/dev/mail')
		await looksRight(forgetful, `mailbox-${name}`)
	})
})
