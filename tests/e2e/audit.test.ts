import { AxeBuilder } from '@axe-core/playwright'
import { text as streamText } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { openDesk } from './console-desk.ts'
import { SCREENS } from './global-setup.ts'
import { callApi, makePaid } from './till.ts'
import { DESKTOP, PHONE } from './visitor.ts'

test('a refund is on record with who asked for it; its line opens, and the record downloads', async () => {
	const { id: paymentId } = await makePaid(12_900, 'usd', 'Desk lamp')
	await callApi('POST', `/api/v1/payments/${paymentId}/refund`, { amount: 100, reason: 'duplicate' })
	const { page } = await openDesk(`/console/payments/${paymentId}`)
	await page.getByRole('link', { name: 'Who changed what' }).click()
	await page.waitForURL(`**/console/audit?subject=${paymentId}`)
	const line = page.getByRole('listitem').filter({ hasText: 'Refund requested' })
	await line.locator('summary').click()
	expect(await line.textContent()).toContain('duplicate')
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'Download as CSV' }).click(),
	])
	expect(download.suggestedFilename()).toMatch(/^audit-record-\d{4}-\d\d-\d\d\.csv$/)
	const csv = await streamText(await download.createReadStream())
	expect(csv).toContain('refund.requested')
	await page.goto('/console/audit?group=data')
	await page.getByText('Audit record downloaded').first().waitFor()
	await page.goto('/console/audit?q=nothing-says-this')
	await page.getByText('No line matches').waitFor()
})

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
	test.each([
		['desktop', DESKTOP],
		['phone', PHONE],
	] as const)('the record looks right on a %s', async (size, viewport) => {
		const { page } = await openDesk('/console/audit', { colorScheme, viewport })
		const change = page.locator('summary').first()
		await change.click()
		await page.screenshot({ path: `${SCREENS}audit-${colorScheme}-${size}.png`, fullPage: true })
		const { violations } = await new AxeBuilder({ page }).analyze()
		const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		expect(grave.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([])
		const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
		expect(overflow).toBeLessThanOrEqual(0)
	})
})
