import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import { openVisitor, product, type Visitor } from './visitor.ts'

type Login = { email: string; password: string }
type Options = BrowserContextOptions & { mayFail?: RegExp; as?: Login }

/** The shop's owner, or whoever it says, logged in by the form, on the page they asked for and connected to the live stream. */
export async function openDesk(
	path: string,
	{ as = product.owner, ...options }: Options = {},
): Promise<Visitor> {
	const owner = await openVisitor(options)
	await owner.page.goto(`/login?next=${encodeURIComponent(path)}`)
	await logIn(owner.page, as.password, as.email)
	await owner.page.waitForURL(`**${path}`)
	await isLive(owner.page)
	return owner
}

export async function logIn(page: Page, password: string, email = product.owner.email): Promise<void> {
	await page.getByLabel('E-mail').fill(email)
	await page.getByLabel('Password').fill(password)
	await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** Two indicators exist, one per layout; only one is shown. */
export async function isLive(page: Page): Promise<void> {
	await indicator(page, 'Live').waitFor()
}

export const indicator = (page: Page, word: string): Locator =>
	page.locator('[data-live]:visible').filter({ hasText: word })

/** Lets a later check tell an update from a reload. */
export async function markPage(page: Page): Promise<() => Promise<boolean>> {
	await page.evaluate(() => document.documentElement.setAttribute('data-stayed', 'yes'))
	return () => page.evaluate(() => document.documentElement.getAttribute('data-stayed') === 'yes')
}

export const tile = (page: Page, label: string): Locator =>
	page.locator(`[data-tile="${label}"]`).getByRole('definition')

export const panel = (page: Page, title: string): Locator =>
	page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) })

export const rows = (page: Page, table = 'Payments'): Locator =>
	page.getByRole('table', { name: table }).locator('tbody').getByRole('row')
