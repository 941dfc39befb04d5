import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from 'vitest'
import { openDesk, panel } from './console-desk.ts'
import { SCREENS } from './global-setup.ts'
import { callApi } from './till.ts'
import { DESKTOP, PHONE } from './visitor.ts'

const PATH = '/console/routing'

test('rules are written, simulated, saved and switched on; payments then follow them', async () => {
	await callApi('PUT', '/api/v1/routing/rules', { rules: [], activate: true })
	const { page } = await openDesk(PATH, { viewport: DESKTOP })
	await panel(page, 'Gateways').getByText('PayPal').first().waitFor()
	await page.getByRole('button', { name: 'Add rule' }).click()
	await page.getByLabel('Name').fill('Cards by PayPal')
	await page.getByRole('button', { name: 'Ask PayPal earlier' }).click()
	await page.getByRole('button', { name: 'Add rule' }).click()
	await page.getByLabel('Name').last().fill('Shared')
	await page.getByLabel('Then').last().selectOption('split')
	await page.getByLabel('Share of Stripe in percent').fill('70')
	await page.getByText('The shares add up to 70 %, not 100 %.').waitFor()
	await page.getByRole('button', { name: 'Save as draft' }).click()
	await page.getByText('The shares must add up to 100 percent.').waitFor()
	await page.getByLabel('Share of PayPal in percent').fill('30')
	await page.getByRole('button', { name: 'Move Shared up' }).click()
	await page.getByText('Shared is now number 1 of 2.').waitFor()
	await page.keyboard.press('Alt+ArrowDown')
	await page.getByText('Shared is now number 2 of 2.').waitFor()

	await page.getByLabel('Which payments').selectOption('100')
	await page.getByRole('button', { name: 'Simulate' }).click()
	await panel(page, 'Simulation')
		.getByText(/would have gone to another gateway|No payments in that time/)
		.waitFor()
	await page.screenshot({ path: `${SCREENS}routing.png`, fullPage: true })
	await page.getByRole('button', { name: 'Save as draft' }).click()
	await page.getByText(/This is the draft of version/).waitFor()
	await page.getByLabel('Why').fill('The other gateway is cheaper')
	await page.getByRole('button', { name: /Switch on version/ }).click()
	await panel(page, 'Rules')
		.getByText(/is on, switched on by/)
		.waitFor()
	const { live } = (await (await callApi('GET', '/api/v1/routing/rules')).json()) as {
		live: { rules: { name: string }[] }
	}
	expect(live.rules.map(({ name }) => name)).toEqual(['Cards by PayPal', 'Shared'])
	await callApi('PUT', '/api/v1/routing/rules', { rules: [], activate: true })
})

test('what a code means is found, changed and taken back; a stolen card stays what it is', async () => {
	const { page } = await openDesk(PATH)
	const declines = panel(page, 'After a decline')
	await declines.getByLabel('Search the codes').fill('stripe stolen_card')
	await declines.getByRole('button', { name: 'Edit stolen_card of Stripe' }).click()
	expect(await declines.getByRole('option').allTextContents()).not.toContain('Try again')
	await declines.getByLabel('Search the codes').fill('do_not_honor stripe')
	await declines.getByRole('button', { name: 'Edit do_not_honor of Stripe' }).click()
	await declines.getByLabel('What the shopper reads').fill('Please call your bank. Nothing was charged.')
	await declines.getByRole('button', { name: 'Save' }).click()
	await declines.getByText('Changed by').waitFor()
	await declines.getByRole('button', { name: 'Edit do_not_honor of Stripe' }).click()
	await declines.getByRole('button', { name: 'Back to the default' }).click()
	await declines.getByText('Changed by').waitFor({ state: 'detached' })
})

test('the page holds on a phone, and for everybody', async () => {
	const { page } = await openDesk(PATH, { viewport: PHONE })
	await page.getByRole('button', { name: 'Add rule' }).click()
	await page.screenshot({ path: `${SCREENS}routing-phone.png`, fullPage: true })
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
	const { violations } = await new AxeBuilder({ page }).analyze()
	expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
})
