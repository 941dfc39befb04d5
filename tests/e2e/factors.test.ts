import { Secret, TOTP } from 'otpauth'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { growStale, looksRight, PASSWORD, signUp, WAYS } from './account.ts'
import { isLive, logIn, openDesk, panel } from './console-desk.ts'
import { makePaid } from './till.ts'
import { openVisitor, product } from './visitor.ts'

const SECURITY = '/console/profile/security'
const STEP_SECONDS = 30

/** A code counts once, so each use names a step of its own; the house allows one of drift. */
const codeOf = (secret: string, stepsAhead = 0): string =>
	new TOTP({ secret: Secret.fromBase32(secret) }).generate({
		timestamp: Date.now() + stepsAhead * STEP_SECONDS * 1_000,
	})

/** One that unlocks by itself, as a phone does after a fingerprint. */
async function addAuthenticator(context: BrowserContext, page: Page): Promise<void> {
	const devtools = await context.newCDPSession(page)
	await devtools.send('WebAuthn.enable')
	await devtools.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true,
		},
	})
}

async function signOut(page: Page): Promise<void> {
	await openPersonMenu(page)
	await page.getByRole('menuitem', { name: 'Sign out' }).click()
	await page.waitForURL(/\/login/)
}

const openPersonMenu = (page: Page) => page.getByRole('button', { name: 'Ada Lace' }).click()

const question = (page: Page): Locator => page.getByRole('dialog', { name: 'Show that it is you' })

async function enrolApp(page: Page): Promise<string> {
	const app = panel(page, 'Authenticator app')
	await app.getByRole('button', { name: 'Set up an app' }).click()
	const qr = app.getByRole('img', { name: 'QR code for your authenticator app' })
	await qr.waitFor()
	expect(
		await qr.evaluate((image: HTMLImageElement) => image.naturalWidth),
		'the code is drawn',
	).toBeGreaterThan(0)
	const shown = (await app.getByRole('button', { name: /^Copy key/ }).textContent()) ?? ''
	const secret = (/(?:[A-Z2-7]{4} ?){8}/.exec(shown)?.[0] ?? '').replaceAll(' ', '')
	await app.getByLabel('Code').fill('000000')
	await app.getByRole('button', { name: 'Turn it on' }).click()
	await app.getByRole('alert').waitFor()
	return secret
}

describe.each(WAYS)('$name', { timeout: 180_000 }, ({ name, ...way }) => {
	test('an app, backup codes and a passkey: each signs in, and none is asked in vain', async () => {
		const email = `factors.${name}@example.com`
		const { page, context } = await openVisitor({ ...way, mayFail: /status of (400|401|403)/ })
		await addAuthenticator(context, page)
		await signUp(page, email)
		await isLive(page)
		await openPersonMenu(page)
		await page.getByRole('menuitem', { name: 'Your account' }).click()
		await page.getByRole('link', { name: 'Signing in' }).click()
		await page.waitForURL(`**${SECURITY}`)
		await page.getByText('Your team asks for a second step').waitFor()

		const secret = await enrolApp(page)
		await looksRight(page, `totp-set-up-${name}`)
		const app = panel(page, 'Authenticator app')
		await app.getByLabel('Code').fill(codeOf(secret))
		await app.getByRole('button', { name: 'Turn it on' }).click()
		const codes = page.getByRole('list', { name: 'Backup codes' }).getByRole('listitem')
		await codes.nth(9).waitFor()
		const backup = await codes.first().textContent()
		await looksRight(page, `backup-codes-${name}`)
		await page.reload()
		await page.getByText('10 of 10 are unused').waitFor()
		expect(await codes.count(), 'shown once').toBe(0)

		await signOut(page)
		await page.goto('/login')
		await looksRight(page, `login-${name}`)
		await logIn(page, PASSWORD, email)
		await page.waitForURL('**/login/verify**')
		await page.getByLabel('Code').fill('000000')
		await page.getByRole('button', { name: 'Continue' }).click()
		await page.getByRole('alert').waitFor()
		await looksRight(page, `login-verify-${name}`)
		await page.getByLabel('Code').fill(codeOf(secret, 1))
		await page.getByRole('button', { name: 'Continue' }).click()
		await page.waitForURL('**/console')

		await page.goto(SECURITY)
		await page.getByRole('button', { name: 'Add a passkey' }).click()
		await page.getByRole('list', { name: 'Passkeys' }).getByRole('listitem').waitFor()
		await looksRight(page, `security-${name}`)
		await signOut(page)
		await page.goto('/login')
		await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
		await page.waitForURL('**/console')

		await growStale(email)
		await page.goto(SECURITY)
		await page.getByRole('button', { name: 'Make new codes' }).click()
		await question(page).waitFor()
		await looksRight(page, `step-up-passkey-${name}`)
		await question(page).getByRole('button', { name: 'Use a passkey' }).click()
		await question(page).waitFor({ state: 'hidden' })
		await codes.nth(9).waitFor()
		const renewed = (await codes.first().textContent()) ?? ''
		expect(renewed).not.toBe(backup)

		await signOut(page)
		await page.goto('/login')
		await logIn(page, PASSWORD, email)
		await page.getByLabel('Code').fill(renewed)
		await page.getByRole('button', { name: 'Continue' }).click()
		await page.waitForURL('**/console')
		await page.goto(SECURITY)
		await page.getByText('9 of 10 are unused').waitFor()
	})
})

// A currency of its own, so that the limit is nothing to the other tests.
const CURRENCY = 'pln'

async function prove(page: Page, password: string): Promise<void> {
	await question(page).getByLabel('Your password').fill(password)
	await question(page).getByRole('button', { name: 'Confirm' }).click()
	await question(page).waitFor({ state: 'hidden' })
}

describe('a refund above the limit', () => {
	test('asks who it is first, is sent again as it was, and goes through', async () => {
		const { owner, manager } = product
		const { page: settings } = await openDesk('/console/settings/refunds')
		await settings.getByLabel('Currency').fill(CURRENCY)
		await settings.getByLabel('Above this amount').fill('5')
		await settings.getByRole('button', { name: 'Save the limit' }).click()
		await panel(settings, 'Limits').getByText('Above 5.00 PLN').waitFor()
		const payment = await makePaid(1_000, CURRENCY, 'Refund with a proof')
		const mayFail = /status of (400|401|403)/
		const { page: asking } = await openDesk(`/console/payments/${payment.id}`, { mayFail })
		const { page: deciding } = await openDesk('/console/refunds', { as: manager, mayFail })
		await growStale(owner.email)
		await growStale(manager.email)

		await asking.getByRole('button', { name: 'Refund', exact: true }).click()
		const refund = asking.getByRole('dialog', { name: 'Refund this payment' })
		await refund.getByText('A part of it').click()
		await refund.getByLabel('Amount to refund').fill('9.00')
		await refund.getByRole('button', { name: 'Ask to refund' }).click()
		await question(asking).waitFor()
		await question(asking).getByRole('button', { name: 'Not now' }).click()
		await question(asking).waitFor({ state: 'hidden' })
		expect(await refund.getByLabel('Amount to refund').inputValue(), 'the form is as it was').toBe('9.00')
		await refund.getByRole('button', { name: 'Ask to refund' }).click()
		await question(asking).getByLabel('Your password').fill('not the password')
		await question(asking).getByRole('button', { name: 'Confirm' }).click()
		await question(asking).getByRole('alert').waitFor()
		await prove(asking, owner.password)
		await refund.waitFor({ state: 'hidden' })
		await panel(asking, 'Refunds').getByText('Needs approval').waitFor()

		const waiting = deciding
			.getByRole('list', { name: 'Waiting for approval' })
			.getByRole('listitem')
			.filter({ hasText: 'Refund with a proof' })
		await waiting.getByRole('button', { name: 'Approve' }).click()
		const approve = deciding.getByRole('dialog', { name: 'Approve this refund' })
		await approve.getByRole('button', { name: 'Approve and refund' }).click()
		await prove(deciding, manager.password)
		await approve.waitFor({ state: 'hidden' })
		await panel(asking, 'Refunds').getByText('Refunded', { exact: true }).waitFor()
	})

	test.each(WAYS)('asks in a dialog that holds: $name', async ({ name, ...way }) => {
		const payment = await makePaid(1_000, CURRENCY, `Refund on ${name}`)
		const { page } = await openDesk(`/console/payments/${payment.id}`, { ...way, mayFail: /status of 403/ })
		await growStale(product.owner.email)
		await page.getByRole('button', { name: 'Refund', exact: true }).click()
		await page.getByRole('dialog').getByRole('button', { name: 'Ask to refund' }).click()
		await question(page).waitFor()
		await looksRight(page, `step-up-password-${name}`)
	})
})
