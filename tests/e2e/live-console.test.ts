import { expect, test } from 'vitest'
import { indicator, isLive, markPage, openDesk, rows } from './console-desk.ts'
import { openLine } from './line.ts'
import { makePaid } from './till.ts'

test('a console whose stream was cut says so, and shows what it missed once it is back', async () => {
	await makePaid(1_000, 'usd', 'Made before the stream was cut')
	const line = await openLine()
	const { page } = await openDesk('/console', { proxy: line.proxy, mayFail: /ERR_|Failed to fetch manifest/ })
	const stayed = await markPage(page)
	// The cut is meant for the stream, not for the code of a page that is still loading.
	for (const index of [0, 1]) await page.locator('figure .recharts-surface').nth(index).waitFor()
	line.cut()
	await indicator(page, 'Reconnecting').waitFor()

	const { id } = await makePaid(3_100, 'usd', 'Made while the stream was cut')
	const row = page.getByRole('table', { name: 'Latest payments' }).locator(`[data-payment="${id}"]`)
	expect(await row.count()).toBe(0)

	line.mend()
	await row.getByText('Succeeded').waitFor()
	await isLive(page)
	expect(await stayed()).toBe(true)
})

test('a console without a network says that what it shows may be old, until it is back', async () => {
	const { page, context } = await openDesk('/console/payments', { mayFail: /ERR_/ })
	const stayed = await markPage(page)
	await context.setOffline(true)
	await indicator(page, 'Offline').waitFor()
	const warning = page.getByRole('alert').getByText('You are offline.')
	await warning.waitFor()
	expect(await rows(page).count()).toBeGreaterThan(0)
	await context.setOffline(false)
	await isLive(page)
	await warning.waitFor({ state: 'hidden' })
	expect(await stayed()).toBe(true)
})
