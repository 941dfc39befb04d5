import { AxeBuilder } from '@axe-core/playwright'
import pg from 'pg'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { logIn } from './console-desk.ts'
import { SCREENS } from './global-setup.ts'
import { DESKTOP, PHONE, product } from './visitor.ts'

export const PASSWORD = 'wobbling turnip garden'

export const WAYS = [
	{ name: 'light-desktop', colorScheme: 'light', viewport: DESKTOP },
	{ name: 'dark-desktop', colorScheme: 'dark', viewport: DESKTOP },
	{ name: 'light-phone', colorScheme: 'light', viewport: PHONE },
	{ name: 'dark-phone', colorScheme: 'dark', viewport: PHONE },
] as const

/** Nothing serious, nothing critical, nothing beside the screen; the picture is for people. */
export async function looksRight(page: Page, name: string): Promise<void> {
	await page.evaluate(async () => {
		await document.fonts.ready
		const passing = document
			.getAnimations()
			.filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
		await Promise.allSettled(passing.map(({ finished }) => finished))
	})
	await photograph(page, `${SCREENS}${name}.png`)
	const { violations } = await new AxeBuilder({ page }).analyze()
	const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
	expect(
		grave.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`)),
		name,
	).toEqual([])
	const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
	expect(overflow, `${name} scrolls sideways`).toBeLessThanOrEqual(0)
}

/** As tall as the page: what is fixed to the foot of the window stands at its foot. */
async function photograph(page: Page, path: string): Promise<void> {
	const size = page.viewportSize() ?? DESKTOP
	const height = await page.evaluate(() => document.documentElement.scrollHeight)
	await page.setViewportSize({ width: size.width, height: Math.max(height, size.height) })
	await page.screenshot({ path })
	await page.setViewportSize(size)
}

export async function fillInSignUp(page: Page, email: string): Promise<void> {
	await page.goto('/signup')
	await page.getByLabel('Your name').fill('Ada Lace')
	await page.getByLabel('Name of the business').fill('Lace & Co')
	await page.getByLabel('E-mail').fill(email)
	await page.getByLabel('Password').fill(PASSWORD)
}

/** A person with a business of their own, signed in. */
export async function signUp(page: Page, email: string): Promise<void> {
	await fillInSignUp(page, email)
	await page.getByRole('button', { name: 'Make the account' }).click()
	await page.getByRole('heading', { name: 'Check your mail' }).waitFor()
	await followMail(page, email, 'Confirm your e-mail address')
	await page.getByRole('button', { name: 'Confirm this address' }).click()
	await page.getByText('Your address is confirmed').waitFor()
	await logIn(page, PASSWORD, email)
	await page.waitForURL('**/console')
}

/** Opens the newest mail to that address and follows its link. */
export async function followMail(page: Page, email: string, subject: string): Promise<void> {
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

/** As if their last proof of who they are were eleven minutes old. */
export async function growStale(email: string): Promise<void> {
	const client = new pg.Client({ connectionString: product.databaseUrl, options: '-c app.merchant_id=*' })
	await client.connect()
	try {
		const { rowCount } = await client.query(
			`update sessions set checked_at = now() - interval '11 minutes'
			where user_id = (select id from users where email = $1)`,
			[email],
		)
		expect(rowCount, `sessions of ${email}`).toBeGreaterThan(0)
	} finally {
		await client.end()
	}
}
