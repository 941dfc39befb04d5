import { expect, test } from 'vitest'
import { indicator, isLive, markPage, openDesk, rows } from './console-desk.ts'
import { makePaid } from './till.ts'

test('a console that lost its stream shows what it missed once it is back', async () => {
	const { page, context } = await openDesk('/console', { mayFail: /ERR_/ })
	const stayed = await markPage(page)
	await context.setOffline(true)
	await indicator(page, 'Offline').waitFor()
	await page.getByRole('alert').getByText('You are offline.').waitFor()

	await makePaid(3_100, 'usd', 'Made while the console was away')
	expect(await rows(page, 'Latest payments').filter({ hasText: 'while the console was away' }).count()).toBe(
		0,
	)

	await context.setOffline(false)
	await isLive(page)
	const row = rows(page, 'Latest payments').filter({ hasText: 'Made while the console was away' })
	await row.getByText('Succeeded').waitFor()
	expect(await stayed()).toBe(true)
})
