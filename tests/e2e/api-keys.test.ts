import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from 'vitest'
import { openDesk, panel } from './console-desk.ts'
import { SCREENS } from './global-setup.ts'
import { PHONE, product } from './visitor.ts'

const PATH = '/console/settings/api-keys'

const statusOf = async (key: string): Promise<number> => {
	const url = `${product.baseUrl}/api/v1/payments?limit=1`
	return (await fetch(url, { headers: { authorization: `Bearer ${key}` } })).status
}

test('a key is made, used, rolled and revoked; it is shown once', async () => {
	const { page } = await openDesk(PATH, { mayFail: /status of 400/ })
	const form = panel(page, 'Make a key')
	await form.getByRole('button', { name: 'Make the key' }).click()
	await form.getByText('Give the key a name.').waitFor()
	await form.getByLabel('Name').fill('Reports')
	await form.getByRole('button', { name: 'Make the key' }).click()
	await form.getByText('Choose what the key may do.').waitFor()
	await form.getByLabel('See payments, refunds').check()
	await form.getByRole('button', { name: 'Make the key' }).click()

	const shown = page.getByRole('dialog', { name: 'Copy the key now' })
	const first = (await shown.getByTestId('new-key').textContent()) ?? ''
	await shown.getByRole('button', { name: 'I have copied it' }).click()
	expect(await statusOf(first)).toBe(200)
	expect(await page.content()).not.toContain(first)

	await page.getByRole('button', { name: 'Roll Reports' }).click()
	await page.getByRole('button', { name: 'Make the new key' }).click()
	const second = (await shown.getByTestId('new-key').textContent()) ?? ''
	await shown.getByRole('button', { name: 'I have copied it' }).click()
	expect([await statusOf(first), await statusOf(second)]).toEqual([200, 200])
	await page.getByText('Works until the new one takes over').waitFor()

	await page.getByRole('button', { name: 'Revoke Reports' }).first().click()
	await page.getByRole('button', { name: 'Revoke the key' }).click()
	await page.getByText('Say why; whoever reads the audit log will want to know.').waitFor()
	await page.getByLabel('Why').fill('It was in a log')
	await page.getByRole('button', { name: 'Revoke the key' }).click()
	await page.getByText('Revoked: It was in a log').waitFor()
	expect(await statusOf(second)).toBe(401)
	expect(await statusOf(first)).toBe(200)
})

test('the page holds on a phone and in the dark, and for everybody', async () => {
	for (const colorScheme of ['light', 'dark'] as const) {
		for (const viewport of [PHONE, { width: 1_280, height: 900 }]) {
			const { page } = await openDesk(PATH, { colorScheme, viewport })
			await panel(page, 'Keys').getByRole('listitem').first().waitFor()
			await page.screenshot({
				path: `${SCREENS}api-keys-${colorScheme}-${viewport.width}.png`,
				fullPage: true,
			})
			const { violations } = await new AxeBuilder({ page }).analyze()
			expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
				viewport.width,
			)
		}
	}
})
