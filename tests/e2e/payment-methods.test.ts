import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { logIn, openDesk, panel } from './console-desk.ts'
import { SCREENS } from './global-setup.ts'
import { callApi } from './till.ts'
import { openVisitor, PHONE, product } from './visitor.ts'

const PATH = '/console/settings/payment-methods'

const method = (page: Page, name: string) =>
	panel(page, 'Methods')
		.getByRole('list', { name: 'Payment methods' })
		.locator('> li')
		.filter({
			has: page.getByRole('heading', { name: `${name} through Stripe` }),
		})
const preview = (page: Page, name: string) =>
	panel(page, 'Who will see it').getByRole('listitem').filter({ hasText: name })

async function offered(query: string): Promise<string[]> {
	const answer = await callApi('GET', `/api/v1/payment-methods?${query}`)
	const { data } = (await answer.json()) as { data: { type: string; offered: boolean }[] }
	return data.filter((offer) => offer.offered).map(({ type }) => type)
}

describe('the payment methods of a shop', () => {
	test('a method is switched off and on again, and the preview and the API follow', async () => {
		const { page } = await openDesk(PATH)
		const link = method(page, 'Link')
		await preview(page, 'Link is offered').waitFor()
		await link.getByRole('switch', { name: 'Link through Stripe' }).press('Space')
		await link.getByText('Off', { exact: true }).waitFor()
		await preview(page, 'Link through Stripe is switched off in your settings.').waitFor()
		expect(await offered('amount=5000&currency=usd')).not.toContain('link')
		await link.getByRole('switch').press('Space')
		await link.getByText('Sandbox', { exact: true }).waitFor()
		expect(await offered('amount=5000&currency=usd')).toContain('link')
	})

	test('limits and countries are set where they are shown; mistakes are told beside their field', async () => {
		const { page } = await openDesk(PATH, { mayFail: /status of 400/ })
		const wallet = method(page, 'Google Pay')
		await wallet.getByText('Limits and countries').click()
		await wallet.getByLabel('Currency').selectOption('usd')
		await wallet.getByLabel('Smallest payment').fill('0.10')
		await wallet.getByRole('button', { name: 'Save limit' }).click()
		await wallet.getByText('The gateway takes no less than 0.50 USD.').waitFor()
		await wallet.getByLabel('Smallest payment').fill('20')
		await wallet.getByRole('button', { name: 'Save limit' }).click()
		await wallet.getByText('USD from 20.00').waitFor()
		await wallet.getByLabel('Only payers from').fill('de, Schweiz')
		await wallet.getByRole('button', { name: 'Save countries' }).click()
		await wallet.getByText('SCHWEIZ is not a country.').waitFor()
		await wallet.getByLabel('Only payers from').fill('de, ch')
		await wallet.getByRole('button', { name: 'Save countries' }).click()
		await wallet.getByText('Only from CH, DE · from 20.00 USD').waitFor()
		await wallet.getByText('Changed by Olive Owner').waitFor()

		const who = panel(page, 'Who will see it')
		await who.getByLabel('Amount').fill('19.99')
		await who.getByLabel('Country').fill('ch')
		await who.getByRole('button', { name: 'Show' }).click()
		await preview(page, 'Your settings allow Google Pay payments through Stripe from 20.00 USD.').waitFor()
		await page.waitForURL('**amount=19.99**')
		expect(await offered('amount=2000&currency=usd&country=CH')).toContain('google_pay')

		await wallet.getByRole('button', { name: 'Remove the USD limit of Google Pay through Stripe' }).click()
		await wallet.getByLabel('Only payers from').fill('')
		await wallet.getByRole('button', { name: 'Save countries' }).click()
		await wallet.getByText('Payers from 248 countries').waitFor()
	})

	test('on a phone, and read aloud, it can be used by everybody', async () => {
		for (const colorScheme of ['light', 'dark'] as const) {
			for (const viewport of [PHONE, { width: 1_280, height: 900 }]) {
				const { page } = await openDesk(PATH, { colorScheme, viewport })
				await method(page, 'Card').getByText('Limits and countries').click()
				await page.screenshot({
					path: `${SCREENS}payment-methods-${colorScheme}-${viewport.width}.png`,
					fullPage: true,
				})
				const { violations } = await new AxeBuilder({ page }).analyze()
				const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
				expect(
					grave.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`)),
				).toEqual([])
				const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
				expect(overflow).toBeLessThanOrEqual(0)
			}
		}
	})

	test('without script the switch and the preview work as well', async () => {
		const { page } = await openVisitor({ javaScriptEnabled: false })
		await page.goto(`/login?next=${encodeURIComponent(PATH)}`)
		await logIn(page, product.owner.password)
		await page.waitForURL(`**${PATH}`)
		await method(page, 'Apple Pay').getByRole('switch').click()
		await method(page, 'Apple Pay').getByText('Off', { exact: true }).waitFor()
		await method(page, 'Apple Pay').getByRole('switch').click()
		await method(page, 'Apple Pay').getByText('Sandbox', { exact: true }).waitFor()
		await page.getByLabel('Country').fill('IN')
		await page.getByRole('button', { name: 'Show' }).click()
		await preview(page, 'Stripe does not take Apple Pay payments from IN.').waitFor()
	})
})
