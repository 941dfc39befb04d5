import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { isLive, openDesk, panel, tile } from './console-desk.ts'
import { SCREENS } from './global-setup.ts'
import { callApi, makePaid } from './till.ts'
import { DESKTOP, PHONE, product } from './visitor.ts'

const PATH = '/console/reconciliation'
const SANDBOX_KEY = 'sk_test_sandbox_tillhouse'

/** Somebody at the gateway's own dashboard. */
async function atGateway(path: string, form: Record<string, string>): Promise<{ id: string }> {
	const response = await fetch(product.sandboxUrl + path, {
		method: 'POST',
		headers: { authorization: `Bearer ${SANDBOX_KEY}` },
		body: new URLSearchParams(form),
	})
	if (!response.ok) throw new Error(await response.text())
	return (await response.json()) as { id: string }
}

const strangeCharge = (amount: number, currency: string, metadata: Record<string, string> = {}) =>
	atGateway('/v1/payment_intents', {
		amount: String(amount),
		currency,
		confirm: 'true',
		payment_method: 'pm_card_visa',
		...Object.fromEntries(Object.entries(metadata).map(([key, value]) => [`metadata[${key}]`, value])),
	})

type Listed = { data: { id: string; gateway_ref: string }[] }

/** Compares up to this moment, until the difference is on the list. */
async function untilListed(ref: string): Promise<string> {
	for (let tries = 0; tries < 40; tries++) {
		await callApi('POST', '/api/v1/reconciliation', { until: new Date().toISOString() })
		const answer = await callApi('GET', '/api/v1/reconciliation/differences?state=open&limit=100')
		const found = ((await answer.json()) as Listed).data.find(({ gateway_ref }) => gateway_ref === ref)
		if (found) return found.id
		await new Promise((resolve) => setTimeout(resolve, 500))
	}
	throw new Error(`${ref} was never listed`)
}

const notice = (page: Page, text: string) => page.getByText(text, { exact: true })
const row = (page: Page, id: string) => page.locator(`[data-difference="${id}"]`)

test('a charge nobody knows is on the list until a person has settled it with a note', async () => {
	const { id: ref } = await strangeCharge(4_200, 'nok')
	const id = await untilListed(ref)
	const { page } = await openDesk(PATH)
	await row(page, id).getByText('Extra', { exact: true }).waitFor()
	await row(page, id).getByText('no payment here is about it').waitFor()
	await tile(page, 'Unexplained').getByText('NOK 40.48').waitFor()

	await row(page, id).getByRole('button', { name: 'Check again' }).click()
	await notice(page, 'Asked again: the difference is still there.').waitFor()
	await row(page, id).getByRole('button', { name: 'Mark as settled' }).click()
	const dialog = page.getByRole('dialog', { name: 'Mark as settled' })
	await dialog.getByRole('button', { name: 'Mark as settled' }).click()
	await dialog.getByRole('alert').getByText('Write down why').waitFor()
	await dialog.getByLabel('Why it is settled').fill('A test charge of our bookkeeper.')
	await dialog.getByRole('button', { name: 'Mark as settled' }).click()
	await dialog.waitFor({ state: 'hidden' })
	await row(page, id).waitFor({ state: 'detached' })
	await tile(page, 'Unexplained').getByText('NOK 0.00').waitFor()
	await page.getByRole('link', { name: 'Closed' }).click()
	await row(page, id).getByText('A test charge of our bookkeeper.').waitFor()
	await row(page, id).getByText('Settled by a person').waitFor()
})

test('a run started here is seen to finish', async () => {
	const { page } = await openDesk(PATH)
	const finished = await panel(page, 'Runs').getByText('Finished').count()
	await page.getByRole('button', { name: 'Run now' }).click()
	await notice(page, 'The comparison has started.').waitFor()
	await panel(page, 'Runs').getByText('Started here').first().waitFor()
	await expect
		.poll(async () => panel(page, 'Runs').getByText('Finished').count(), { timeout: 20_000 })
		.toBeGreaterThan(Math.min(finished, 7) - 1)
	await page.getByRole('button', { name: 'Run now' }).and(page.locator(':enabled')).waitFor()
})

test('a statement is refused by line, then read', async () => {
	const { page } = await openDesk(PATH, { mayFail: /status of 400/ })
	const bank = panel(page, 'Payouts and bank')
	const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
	const upload = async (name: string, text: string) => {
		await bank.getByLabel('Bank statement (CSV)').setInputFiles(file(name, text))
		await bank.getByRole('button', { name: 'Upload' }).click()
	}
	await upload(
		'bad.csv',
		'date;amount;currency;text\n2026-11-21;-12,50;EUR;RENT\n2026-11-21;1.234;EUR;WHAT\n',
	)
	await bank.getByText('Line 3: “1.234” could mean two amounts.').waitFor()
	await upload('november.csv', 'date;amount;currency;text\n2026-11-21;-12,50;EUR;RENT\n')
	await notice(page, '1 line added. 0 payouts have arrived.').waitFor()
	await bank.getByText('1 line of your statements shows no payout').waitFor()
	await upload('november.csv', 'date;amount;currency;text\n2026-11-21;-12,50;EUR;RENT\n')
	await notice(page, '0 lines added. 1 was there already. 0 payouts have arrived.').waitFor()
	const large = file('large.csv', 'x'.repeat(1024 * 1024 + 1))
	await bank.getByLabel('Bank statement (CSV)').setInputFiles(large)
	await bank.getByText('larger than 1 MB').waitFor()
	expect(await bank.getByRole('button', { name: 'Upload' }).isDisabled()).toBe(true)
})

describe.each(
	(['light', 'dark'] as const).flatMap((colorScheme) =>
		[
			{ size: 'desktop', viewport: DESKTOP },
			{ size: 'phone', viewport: PHONE },
		].map(({ size, viewport }) => ({ colorScheme, size, viewport })),
	),
)('in $colorScheme on a $size', ({ colorScheme, size, viewport }) => {
	beforeAll(async () => {
		const paid = await makePaid(12_900, 'usd', 'Desk lamp, brass')
		const { id } = await strangeCharge(12_900, 'usd', { payment_id: paid.id })
		await untilListed(id)
		await fetch(`${product.sandboxUrl}/sandbox/payouts`, { method: 'POST', body: '{"pending":true}' })
	})

	test('the page can be used by everybody', async () => {
		const { page } = await openDesk(PATH, { colorScheme, viewport })
		await isLive(page)
		await page.locator('[data-difference]').first().waitFor()
		await page.evaluate(() => document.fonts.ready)
		const height = await page.evaluate(() => document.documentElement.scrollHeight)
		await page.setViewportSize({ width: viewport.width, height: Math.max(height, viewport.height) })
		await page.screenshot({ path: `${SCREENS}reconciliation-${colorScheme}-${size}.png` })
		await page.setViewportSize(viewport)
		const { violations } = await new AxeBuilder({ page }).analyze()
		const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		expect(grave.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`))).toEqual(
			[],
		)
		const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
		expect(overflow).toBeLessThanOrEqual(0)
	})
})
