import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { looksRight, PASSWORD, signUp, WAYS } from './account.ts'
import { logIn, panel } from './console-desk.ts'
import { openVisitor } from './visitor.ts'

const SECURITY = '/console/profile/security'

/** Fills in the stand-in's page as somebody it has no button for. */
async function chooseAtGoogle(page: Page, email: string, name: string): Promise<void> {
	await page.getByRole('heading', { name: 'Choose an account' }).waitFor()
	await page.getByLabel('E-mail').fill(email)
	await page.getByLabel('Name').fill(name)
	await page.getByRole('button', { name: 'Continue' }).click()
}

const continueWithGoogle = (page: Page) => page.getByRole('button', { name: 'Continue with Google' }).click()

async function signOut(page: Page, name: string): Promise<void> {
	await page.getByRole('button', { name }).click()
	await page.getByRole('menuitem', { name: 'Sign out' }).click()
	await page.waitForURL(/\/login/)
}

describe.each(WAYS)('$name', { timeout: 180_000 }, ({ name, ...way }) => {
	test('sign up with Google, sign out, come back with Google, and find no last way in to take away', async () => {
		const email = `grace.${name}@gmail.test`
		const { page } = await openVisitor({ ...way, mayFail: /400/ })
		await page.goto('/signup')
		await continueWithGoogle(page)
		await page.getByRole('heading', { name: 'Choose an account' }).waitFor()
		await looksRight(page, `sandbox-google-${name}`)
		await chooseAtGoogle(page, email, 'Grace Ray')
		await page.getByText('Google has confirmed your address.').waitFor()
		expect(await page.getByLabel('Your name').inputValue()).toBe('Grace Ray')
		await page.getByLabel('Name of the business').fill('Ray & Co')
		await looksRight(page, `signup-google-${name}`)
		await page.getByRole('button', { name: 'Make the account' }).click()
		await page.waitForURL('**/console')
		await page.getByRole('heading', { name: 'Overview' }).waitFor()

		await signOut(page, 'Grace Ray')
		await page.goto('/login')
		await looksRight(page, `login-google-${name}`)
		await continueWithGoogle(page)
		await page.getByRole('button', { name: 'Cancel' }).click()
		await page.getByText('You did not go on at Google. Nothing was changed.').waitFor()
		await looksRight(page, `login-google-cancelled-${name}`)
		await continueWithGoogle(page)
		await chooseAtGoogle(page, email, 'Grace Ray')
		await page.waitForURL('**/console')

		await page.goto(SECURITY)
		const google = panel(page, 'Google')
		await google.getByText(email).waitFor()
		await google.getByRole('button', { name: 'Unlink Google' }).click()
		await google.getByText('You could not sign in any more without it.').waitFor()
		await looksRight(page, `security-google-${name}`)
		await page.goto('/console/profile')
		await page.getByRole('link', { name: 'Choose a password' }).waitFor()
		await looksRight(page, `profile-google-${name}`)
	})
})

test(
	'whoever has an account already signs in to it, links Google, and unlinks it',
	{ timeout: 180_000 },
	async () => {
		const email = 'ada.with.google@example.com'
		const { page } = await openVisitor({ mayFail: /400|403/ })
		await signUp(page, email)
		await signOut(page, 'Ada Lace')
		await page.goto('/login')
		await continueWithGoogle(page)
		await chooseAtGoogle(page, email, 'Ada at Google')
		await page.getByText('You have an account with this address.').waitFor()
		await looksRight(page, 'login-google-known')
		await logIn(page, PASSWORD, email)
		await page.waitForURL(`**${SECURITY}`)
		const google = panel(page, 'Google')
		await google.getByText('You came back from Google as').waitFor()
		await looksRight(page, 'security-google-pending')
		await google.getByRole('button', { name: 'Link this Google account' }).click()
		await google.getByText('Linked', { exact: true }).waitFor()

		// Signed out from here, its stream asks once more and is told so.
		const { page: elsewhere } = await openVisitor({ mayFail: /401/ })
		await elsewhere.goto('/login')
		await continueWithGoogle(elsewhere)
		await chooseAtGoogle(elsewhere, email, 'Ada at Google')
		await elsewhere.waitForURL('**/console')

		await google.getByRole('button', { name: 'Unlink Google' }).click()
		await google.getByRole('button', { name: 'Link a Google account' }).waitFor()
		await elsewhere.goto('/console')
		await elsewhere.waitForURL('**/login?**')

		await google.getByRole('button', { name: 'Link a Google account' }).click()
		await chooseAtGoogle(page, 'ada.private@gmail.test', 'Ada at home')
		await google.getByText('ada.private@gmail.test').waitFor()
		await google.getByRole('button', { name: 'Link this Google account' }).click()
		await google.getByText('Linked', { exact: true }).waitFor()
	},
)

describe.each(WAYS)('$name', { timeout: 180_000 }, ({ name, ...way }) => {
	test('the owner asks the team for a second step, sees who has one, and signs out everywhere', async () => {
		const { page } = await openVisitor({ ...way, mayFail: /status of 401/ })
		await signUp(page, `olga.${name}@example.com`)
		await page.goto('/console/settings/team')
		const rule = panel(page, 'Second step at sign-in')
		await rule.getByText('Required', { exact: true }).waitFor()
		await page.getByRole('list', { name: 'People' }).getByText('no second step').waitFor()
		await looksRight(page, `team-second-step-${name}`)
		await rule.getByRole('button', { name: 'Do not require it any more' }).click()
		await rule.getByText('Not required').waitFor()
		await rule.getByRole('button', { name: 'Require it of everybody who moves money' }).click()
		await rule.getByText('Required', { exact: true }).waitFor()

		await page.goto('/console/profile')
		await page.getByRole('button', { name: 'Sign out everywhere, here too' }).click()
		await page.waitForURL('**/login')
		await page.goto('/console')
		await page.waitForURL('**/login?**')
	})
})
