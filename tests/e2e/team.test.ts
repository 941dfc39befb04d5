import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { followMail, growStale, looksRight, PASSWORD, WAYS } from './account.ts'
import { logIn, openDesk, panel } from './console-desk.ts'
import { makePaid } from './till.ts'
import { openVisitor, product } from './visitor.ts'

const TEAM = '/console/settings/team'
const SEE = 'See payments, refunds'
const REFUND = 'Give money back'

const openTab = (page: Page, name: string) => page.getByRole('tab', { name }).click()

async function fillInRole(page: Page, name: string): Promise<void> {
	const dialog = page.getByRole('dialog', { name: 'New role' })
	await dialog.getByLabel('Name').fill(name)
	await dialog.getByLabel(SEE).check()
	await dialog.getByLabel(REFUND, { exact: true }).check()
	await dialog.getByLabel(`Only up to a limit: ${REFUND.toLowerCase()}`).check()
	await dialog.getByLabel(`Currency 1 to ${REFUND.toLowerCase()}`, { exact: true }).fill('usd')
	await dialog.getByLabel(`Most in currency 1 to ${REFUND.toLowerCase()}`).fill('20.00')
}

async function invite(page: Page, email: string, role: string): Promise<void> {
	await page.getByRole('button', { name: 'Invite somebody' }).click()
	const dialog = page.getByRole('dialog', { name: 'Invite somebody' })
	await dialog.getByLabel('E-mail').fill(email)
	await dialog.getByLabel('Role').selectOption({ label: role })
	await dialog.getByRole('button', { name: 'Send the invitation' }).click()
	await dialog.waitFor({ state: 'hidden' })
}

async function askForRefund(page: Page, paymentId: string, amount: string): Promise<void> {
	await page.goto(`/console/payments/${paymentId}`)
	await page.getByRole('button', { name: 'Refund', exact: true }).click()
	const dialog = page.getByRole('dialog', { name: 'Refund this payment' })
	await dialog.getByText('A part of it').click()
	await dialog.getByLabel('Amount to refund').fill(amount)
	await dialog.getByRole('button', { name: /^Refund \$/ }).click()
}

/** What the server says to the form of a page that has been open since before. */
const sendRefund = (page: Page, paymentId: string): Promise<number> =>
	page.evaluate(async (path) => {
		const body = new URLSearchParams({ intent: 'refund', amount: '1.00', currency: 'usd', reason: 'other' })
		return (await fetch(path, { method: 'POST', body })).status
	}, `/console/payments/${paymentId}`)

test('somebody is invited, joins, refunds up to their limit and not above, and no more once their role changed', async () => {
	const email = 'nina.night@example.com'
	const { page: owner } = await openDesk(TEAM, { mayFail: /status of 403/ })
	await openTab(owner, 'Roles')
	await owner.getByRole('button', { name: 'New role' }).click()
	await fillInRole(owner, 'Night desk')
	await owner.getByRole('button', { name: 'Make the role' }).click()
	await owner.getByRole('heading', { name: 'Night desk' }).waitFor()
	await invite(owner, email, 'Night desk')
	await openTab(owner, 'Invitations')
	await panel(owner, 'Invitations').getByText(email).waitFor()

	const { page: nina } = await openVisitor({ mayFail: /status of 403/ })
	await followMail(nina, email, 'on Tillhouse')
	await nina.getByText('Your role: Night desk.').waitFor()
	await nina.getByLabel('Your name').fill('Nina Night')
	await nina.getByLabel('Password').fill(PASSWORD)
	await nina.getByRole('button', { name: 'Make an account and join' }).click()
	await nina.waitForURL('**/login?note=joined')
	await logIn(nina, PASSWORD, email)
	await nina.waitForURL('**/console')
	expect(await nina.getByRole('link', { name: 'Team' }).count(), 'what they may not see is not offered').toBe(
		0,
	)

	const { id } = await makePaid(12_900, 'usd', 'Desk lamp, refunded at night')
	await askForRefund(nina, id, '15.00')
	await panel(nina, 'Refunds').getByText('$15.00').first().waitFor()
	await askForRefund(nina, id, '5.01')
	await nina.getByText('Your role lets you refund at most 20.00 USD. No money was moved.').waitFor()

	await owner.reload()
	await owner.getByRole('button', { name: 'Change role of Nina Night' }).click()
	await owner.getByRole('dialog').getByLabel('Role').selectOption({ label: 'Support' })
	await growStale(product.owner.email)
	await owner.getByRole('button', { name: 'Change the role', exact: true }).click()
	const proof = owner.getByRole('dialog', { name: 'Show that it is you' })
	await proof.getByLabel('Your password').fill(product.owner.password)
	await proof.getByRole('button', { name: 'Confirm' }).click()
	await owner.getByText('The role is changed. It counts at once.').first().waitFor()
	await owner.getByRole('dialog').waitFor({ state: 'hidden' })
	expect(await sendRefund(nina, id)).toBe(403)
})

describe.each(WAYS)('$name', ({ name, ...way }) => {
	test('the team, its roles and an invitation can be used by everybody', async () => {
		const email = `guest.${name}@example.com`
		const { page } = await openDesk(TEAM, way)
		await invite(page, email, 'Analyst')
		await looksRight(page, `team-people-${name}`)
		await page.getByRole('button', { name: 'Change role of' }).first().click()
		await looksRight(page, `team-change-role-${name}`)
		await page.getByRole('button', { name: 'Not now' }).click()
		await openTab(page, 'Invitations')
		await looksRight(page, `team-invitations-${name}`)
		await openTab(page, 'Roles')
		await page.getByText('What it allows Operator').click()
		await looksRight(page, `team-roles-${name}`)
		await page.getByRole('button', { name: 'New role' }).click()
		await fillInRole(page, 'Night desk')
		await looksRight(page, `team-role-editor-${name}`)

		const { page: guest } = await openVisitor(way)
		await followMail(guest, email, 'on Tillhouse')
		await guest.getByRole('button', { name: 'Make an account and join' }).waitFor()
		await looksRight(guest, `invitation-${name}`)
		await guest.goto(`/invitation?token=${'x'.repeat(43)}`)
		await guest.getByText('There is no such invitation').waitFor()
		await looksRight(guest, `invitation-none-${name}`)
	})
})
