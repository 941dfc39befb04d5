import { expect, test } from 'vitest'
import { logIn, openDesk } from './console-desk.ts'
import { openVisitor, product } from './visitor.ts'

const PROTECTED = [
	'/console',
	'/console/payments',
	'/console/payments?status=failed',
	'/console/payments/pay_x',
]

test('a stranger is led from every page of the console to the login, and back after it', async () => {
	const { page } = await openVisitor()
	for (const path of PROTECTED) {
		await page.goto(path)
		await page.getByRole('heading', { name: 'Sign in to the console' }).waitFor()
		expect(new URL(page.url()).searchParams.get('next')).toBe(path)
	}
	await page.goto('/login?next=%2Fconsole%2Fpayments%3Fstatus%3Dfailed')
	await logIn(page, product.owner.password)
	await page.waitForURL('**/console/payments?status=failed')
	await page.getByRole('heading', { name: 'Payments', exact: true }).waitFor()
})

test('a wrong password is refused in plain words and keeps the address', async () => {
	const { page } = await openVisitor({ mayFail: /400/ })
	await page.goto('/login')
	await logIn(page, 'not the password')
	await page.getByRole('alert').getByText('The e-mail address or the password is not right.').waitFor()
	expect(await page.getByLabel('E-mail').inputValue()).toBe(product.owner.email)
	await page.goto('/console')
	await page.getByRole('heading', { name: 'Sign in to the console' }).waitFor()
})

test('signing out ends the session on the server too', async () => {
	const { page, context } = await openDesk('/console')
	const cookies = await context.cookies()
	await page.getByRole('button', { name: /^Olive Owner/ }).click()
	await page.getByRole('menuitem', { name: 'Sign out' }).click()
	await page.getByRole('heading', { name: 'Sign in to the console' }).waitFor()

	await context.addCookies(cookies)
	await page.goto('/console')
	await page.getByRole('heading', { name: 'Sign in to the console' }).waitFor()
})
