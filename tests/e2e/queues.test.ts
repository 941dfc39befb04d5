import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { isLive, openDesk } from './console-desk.ts'
import { SCREENS } from './global-setup.ts'
import { makePaid } from './till.ts'
import { DESKTOP, PHONE } from './visitor.ts'

beforeAll(async () => {
	await makePaid(4_900, 'czk', 'Notebook')
})

/** A round that no other test waits for. */
const QUEUE = 'audit.heads'

const said = (page: Page, text: string) => page.getByText(text).first().waitFor()

test('a queue is stopped; its job is canceled, put back, and runs once the queue goes on', async () => {
	const { page } = await openDesk('/console/queues', { mayFail: /status of 400/ })
	const line = page.locator(`[data-queue="${QUEUE}"]`)
	await line.getByRole('button', { name: 'Pause' }).click()
	const dialog = page.getByRole('dialog')
	await dialog.getByRole('button', { name: 'Pause the queue' }).click()
	await dialog.getByText('Say why; whoever reads').waitFor()
	await dialog.getByLabel('Why').fill('The disk is being replaced.')
	await dialog.getByRole('button', { name: 'Pause the queue' }).click()
	await line.getByText('Paused').waitFor()

	const newest = await waitingJob(page)
	await page.getByText('The disk is being replaced.').waitFor()
	await newest.getByRole('link').click()

	await page.getByRole('button', { name: 'Cancel', exact: true }).click()
	await dialog.getByLabel('Why').fill('Not today.')
	await dialog.getByRole('button', { name: 'Cancel the job' }).click()
	const state = page.locator('h1 + div')
	await state.getByText('Canceled').waitFor()

	await page.getByRole('button', { name: 'Edit and try again' }).click()
	await dialog.getByLabel('What it is given').fill('{')
	await dialog.getByRole('button', { name: 'Try again with this' }).click()
	await dialog.getByText('This is not JSON. The job was left as it is.').waitFor()
	await page.keyboard.press('Escape')
	await page.getByRole('button', { name: 'Try again', exact: true }).click()
	await state.getByText('Waiting').waitFor()

	const job = page.url()
	await page.getByRole('link', { name: QUEUE }).click()
	await page.getByRole('button', { name: 'Resume' }).click()
	await said(page, 'The queue goes on.')
	await page.goto(job)
	await state.getByText('Done').waitFor()

	await page.goto('/console/audit?q=audit.heads')
	for (const reason of ['The disk is being replaced.', 'Not today.'])
		await page.getByText(reason).first().waitFor({ state: 'attached' })
})

/** The first job that waits. A worker that had not looked yet may still run one: within a second none does. */
async function waitingJob(page: Page): Promise<Locator> {
	for (;;) {
		await page.getByRole('button', { name: new RegExp(`Run now.*${QUEUE}`) }).click()
		await said(page, 'It runs now.')
		await page.locator(`[data-queue="${QUEUE}"]`).getByRole('link', { name: QUEUE }).click()
		const newest = page.getByRole('table', { name: 'Jobs' }).locator('tbody').getByRole('row').first()
		await newest.getByText(/Waiting|Running|Done/).waitFor()
		if ((await newest.textContent())?.includes('Waiting')) return newest
		await page.goto('/console/queues')
	}
}

test('the address others keep their queues at leads here', async () => {
	const { page } = await openDesk('/console')
	await page.goto('/admin/queues')
	await page.waitForURL('**/console/queues')
	await page.getByRole('table', { name: 'Queues' }).waitFor()
})

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
	test.each([
		['desktop', DESKTOP],
		['phone', PHONE],
	] as const)('the queues look right on a %s', async (size, viewport) => {
		const { page } = await openDesk('/console/queues', { colorScheme, viewport })
		await looksRight(page, `queues-${colorScheme}-${size}`)
		await page.goto('/console/queues/payments.process')
		await page.getByRole('table', { name: 'Jobs' }).waitFor()
		await looksRight(page, `queue-${colorScheme}-${size}`)
		await page.getByRole('table', { name: 'Jobs' }).getByRole('link').first().click()
		await page.getByRole('heading', { name: 'What it was given' }).waitFor()
		await looksRight(page, `queue-job-${colorScheme}-${size}`)
	})
})

async function looksRight(page: Page, name: string): Promise<void> {
	await isLive(page)
	await page.evaluate(() => document.fonts.ready)
	await page.screenshot({ path: `${SCREENS}${name}.png`, fullPage: true })
	const { violations } = await new AxeBuilder({ page }).analyze()
	const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
	expect(grave.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([])
	const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
	expect(overflow).toBeLessThanOrEqual(0)
}
