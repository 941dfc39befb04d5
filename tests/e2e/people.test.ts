import { describe, expect, test } from 'vitest'
import { fillInSignUp, followMail, looksRight, PASSWORD, WAYS } from './account.ts'
import { logIn } from './console-desk.ts'
import { openVisitor } from './visitor.ts'

const NEW_PASSWORD = 'seven quiet umbrellas'

describe.each(WAYS)('$name', { timeout: 180_000 }, ({ name, ...way }) => {
	test('sign up, prove the address, change the account, forget the password: the other device is out', async () => {
		const email = `ada.${name}@example.com`
		// Both are signed out from elsewhere with the console open: its stream asks once more and is told so.
		const { page } = await openVisitor({ ...way, mayFail: /status of 401/ })
		await fillInSignUp(page, email)
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

		const { page: elsewhere } = await openVisitor({ ...way, mayFail: /status of 401/ })
		await elsewhere.goto('/login')
		await logIn(elsewhere, PASSWORD, email)
		await elsewhere.waitForURL('**/console')

		await page.goto('/console/profile')
		await page.getByLabel('Your name').fill('Ada Byron Lace')
		await page.getByRole('button', { name: 'Save the name' }).click()
		await page.getByText('Your name is saved.', { exact: true }).waitFor()
		await page.getByRole('button', { name: 'Ada Byron Lace' }).waitFor()
		expect(await page.getByRole('list', { name: 'Devices' }).getByRole('listitem').count()).toBe(2)
		await looksRight(page, `profile-${name}`)

		const { page: forgetful } = await openVisitor(way)
		await forgetful.goto('/login')
		await forgetful.getByRole('link', { name: 'Forgot your password?' }).click()
		await forgetful.getByRole('heading', { name: 'Choose a new password' }).waitFor()
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
		await forgetful.getByRole('link', { name: 'Your password was changed' }).first().click()
		await forgetful.getByRole('article').waitFor()
		await looksRight(forgetful, `mail-${name}`)
	})
})
