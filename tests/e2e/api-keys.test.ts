import { describe, expect, test } from 'vitest'
import { looksRight, WAYS } from './account.ts'
import { openDesk, panel } from './console-desk.ts'
import { product } from './visitor.ts'

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

describe.each(WAYS)('$name', ({ name, ...way }) => {
	test('the keys and a new one can be used by everybody', async () => {
		const { page } = await openDesk(PATH, way)
		await panel(page, 'Keys').getByRole('listitem').first().waitFor()
		await looksRight(page, `api-keys-${name}`)
		const form = panel(page, 'Make a key')
		await form.getByLabel('Name').fill(`Reports, ${name}`)
		await form.getByLabel('See payments, refunds').check()
		await form.getByRole('button', { name: 'Make the key' }).click()
		await page.getByTestId('new-key').waitFor()
		await looksRight(page, `api-key-made-${name}`)
		await page.getByRole('button', { name: 'I have copied it' }).click()
		await page.getByRole('button', { name: `Roll Reports, ${name}` }).click()
		await looksRight(page, `api-key-roll-${name}`)
	})
})
