import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { looksRight, signUp, WAYS } from './account.ts'
import { isLive } from './console-desk.ts'
import { openVisitor } from './visitor.ts'

test.each(WAYS)('one switch on every page leads to live mode and back: $name', async ({ name, ...way }) => {
	const { page } = await openVisitor(way)
	await signUp(page, `worlds.${name}.${randomUUID()}@example.com`)
	const inTest = page.getByRole('region', { name: 'Test mode' })
	const inLive = page.getByRole('region', { name: 'Live mode' })
	await inTest.getByText('no real money moves').waitFor()
	await isLive(page)
	await looksRight(page, `worlds-test-${name}`)

	await inTest.getByRole('button', { name: 'Switch to live mode' }).click()
	await inLive.getByText('real money moves').waitFor()
	await page.getByText('Nobody can pay you in live mode yet.').waitFor()
	await isLive(page)
	expect(await page.getByRole('link', { name: /shop|test payment/i }).count()).toBe(0)
	await looksRight(page, `worlds-live-${name}`)
	await page.goto('/console/settings/payment-methods')
	await page.getByText('STRIPE_LIVE_SECRET_KEY').waitFor()
	await looksRight(page, `worlds-live-methods-${name}`)

	await inLive.getByRole('button', { name: 'Switch to test mode' }).click()
	await inTest.waitFor()
})

test('a tab that shows the other world is covered when one switches, and leads to where one is now', async () => {
	const { page, context } = await openVisitor({ mayFail: /409/ })
	await signUp(page, `worlds.tabs.${randomUUID()}@example.com`)
	await isLive(page)
	const other = await context.newPage()
	await other.goto('/console')
	await other.getByRole('button', { name: 'Switch to live mode' }).click()
	await other.getByRole('region', { name: 'Live mode' }).waitFor()
	const notice = page.getByRole('alertdialog', { name: 'You went on somewhere else' })
	await notice.waitFor()
	await notice.getByRole('button', { name: 'Go on there' }).click()
	await page.getByRole('region', { name: 'Live mode' }).waitFor()
	expect(await notice.count()).toBe(0)
})
