import { AxeBuilder } from '@axe-core/playwright'
import type { Frame, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { isLive, openDesk } from './console-desk.ts'
import { SCREENS } from './global-setup.ts'
import {
	authorizeDebit,
	cardFormIsReady,
	chooseMethod,
	fillIn,
	MUG,
	news,
	orderMug,
	payButton,
	receiptIsShown,
} from './shopping.ts'
import { callApi, disputeOf, makePaid, makePayment, newCard, newEmail } from './till.ts'
import { DESKTOP, openVisitor, PHONE } from './visitor.ts'

const SIZES = { desktop: DESKTOP, phone: PHONE }
const WAYS = (['light', 'dark'] as const).flatMap((colorScheme) =>
	(['desktop', 'phone'] as const).map((size) => ({ colorScheme, size })),
)

/** Nothing serious, nothing critical; the picture is for people. */
async function looksRight(page: Page, name: string): Promise<void> {
	await page.evaluate(() => document.fonts.ready)
	await page.evaluate(async () => {
		const passing = document
			.getAnimations()
			.filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
		await Promise.allSettled(passing.map(({ finished }) => finished))
	})
	await photograph(page, `${SCREENS}${name}.png`)
	await showFramesOnTheirGround(page)
	const { violations } = await new AxeBuilder({ page }).analyze()
	const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
	expect(
		grave.flatMap(({ id, nodes }) =>
			nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary}`),
		),
		name,
	).toEqual([])
	const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
	expect(overflow, `${name} scrolls sideways`).toBeLessThanOrEqual(0)
}

/** The whole page. Playwright's own fullPage would show frames of other origins before they are drawn. */
async function photograph(page: Page, path: string): Promise<void> {
	const size = page.viewportSize() ?? DESKTOP
	const height = await page.evaluate(() => document.documentElement.scrollHeight)
	await page.setViewportSize({ width: size.width, height: Math.max(height, size.height) })
	for (const frame of await shownFrames(page)) {
		await frame.evaluate(
			() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
		)
	}
	await page.screenshot({ path })
	await page.setViewportSize(size)
}

/** Nothing is ever drawn in a frame that is hidden: those of ways to pay that were looked at before. */
async function shownFrames(page: Page): Promise<Frame[]> {
	const shown: Frame[] = [page.mainFrame()]
	for (const frame of page.frames()) {
		if (frame !== page.mainFrame() && (await (await frame.frameElement()).isVisible())) shown.push(frame)
	}
	return shown
}

/** The frames of the checkout are transparent, and axe takes what it cannot see behind a frame for white. */
async function showFramesOnTheirGround(page: Page): Promise<void> {
	if (!page.url().includes('/checkout/') || page.url().endsWith('/receipt')) return
	const ground = await page
		.getByRole('heading', { name: 'Payment', exact: true })
		.locator('xpath=ancestor::*[contains(@class, "bg-panel")][1]')
		.evaluate((card) => getComputedStyle(card).backgroundColor)
	for (const frame of await shownFrames(page)) {
		if (frame === page.mainFrame()) continue
		await frame.locator('html').evaluate((html, color) => (html.style.backgroundColor = color), ground)
	}
}

describe.each(WAYS)('in $colorScheme on a $size', ({ colorScheme, size }) => {
	const way = { colorScheme, viewport: SIZES[size] }
	const named = (page: string) => `${page}-${colorScheme}-${size}`

	test('shop, checkout and receipt can be used by everybody', async () => {
		const { page } = await openVisitor(way)
		await page.goto('/shop')
		await page.getByRole('button', { name: new RegExp(`Buy for \\${MUG}`) }).waitFor()
		await looksRight(page, named('shop'))
		await orderMug(page)
		await looksRight(page, named('checkout'))
		await fillIn(page, newCard())
		await payButton(page).click()
		await receiptIsShown(page)
		await looksRight(page, named('receipt'))
	})

	test('every way to pay can be used by everybody', async () => {
		const { page } = await openVisitor(way)
		await orderMug(page)
		await page.getByTitle('Wallets').contentFrame().getByRole('button', { name: 'Link' }).waitFor()
		await chooseMethod(page, 'US bank account')
		await page.locator('[data-method=us_bank_account] [data-form=ready]').waitFor()
		await looksRight(page, named('checkout-bank'))
		await page.getByLabel('Pay in').selectOption('eur')
		await page.getByText('This price is kept for').waitFor()
		await chooseMethod(page, 'SEPA Direct Debit')
		await page.locator('[data-method=sepa_debit] [data-form=ready]').waitFor()
		await looksRight(page, named('checkout-euros'))
		await page.getByLabel('Pay in').selectOption('usd')
		await chooseMethod(page, 'PayPal')
		await looksRight(page, named('checkout-paypal'))
		await page.getByLabel('E-mail').fill(newEmail())
		await page.getByRole('button', { name: `Pay ${MUG} with PayPal` }).click()
		await page.getByRole('button', { name: 'Cancel' }).click()
		await news(page).getByText('You called it off at PayPal.').waitFor()
		await looksRight(page, named('checkout-called-off'))
		await page.getByTitle('Wallets').contentFrame().getByRole('button', { name: 'Apple Pay' }).click()
		await looksRight(page, named('checkout-wallet'))
	})

	test('a bank that pays days later can be followed by everybody', async () => {
		const { page } = await openVisitor(way)
		await orderMug(page)
		await authorizeDebit(page)
		await page.getByText(`Your bank is paying ${MUG}`).waitFor()
		await looksRight(page, named('checkout-awaiting'))
		await page.getByRole('link', { name: 'See where the payment stands' }).click()
		await page.getByRole('heading', { name: `Your bank is paying ${MUG}` }).waitFor()
		await looksRight(page, named('receipt-awaiting'))
	})

	test('login can be used by everybody', async () => {
		const { page } = await openVisitor(way)
		await page.goto('/login')
		await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
		await looksRight(page, named('login'))
	})

	let paymentId = ''
	let dispute = { id: '' }
	beforeAll(async () => {
		await makePayment({ amount: 4_990, currency: 'usd', description: 'Waiting for a card' })
		paymentId = (await makePaid(12_900, 'usd', 'Desk lamp, brass')).id
		dispute = await disputeOf((await makePaid(12_900, 'usd', 'Desk lamp', 'pm_card_createDispute')).id)
		await makePaid(2_000, 'usd', 'Mug', 'pm_card_createDisputeInquiry')
	})

	test('overview, payments and detail can be used by everybody', async () => {
		const { page } = await openDesk('/console', way)
		await page.getByRole('table', { name: 'Latest payments' }).waitFor()
		await looksRight(page, named('overview'))
		await page.goto('/console/payments')
		await isLive(page)
		await looksRight(page, named('payments'))
		await page.goto(`/console/payments/${paymentId}`)
		await isLive(page)
		await looksRight(page, named('detail'))
	})

	test('refunds, their limits and their dialogs can be used by everybody', async () => {
		const { page } = await openDesk('/console/settings/refunds', way)
		await page.getByLabel('Currency').fill('sek')
		await page.getByLabel('Above this amount').fill('100.00')
		await page.getByRole('button', { name: 'Save the limit' }).click()
		await page.getByText('Set by Olive Owner').waitFor()
		await looksRight(page, named('refund-limits'))
		const { id } = await makePaid(90_000, 'sek', 'Sofa, returned')
		await callApi('POST', `/api/v1/payments/${id}/refund`, { amount: 45_000 })
		const lamp = await makePaid(12_900, 'usd', 'Desk lamp, damaged')
		await callApi('POST', `/api/v1/payments/${lamp.id}/refund`, { amount: 4_000, reason: 'duplicate' })
		await page.goto('/console/refunds')
		await isLive(page)
		await page.getByRole('list', { name: 'Waiting for approval' }).getByText('Sofa').first().waitFor()
		await looksRight(page, named('refunds'))
		await page.goto(`/console/payments/${id}`)
		await isLive(page)
		await page.getByRole('button', { name: 'Refund', exact: true }).click()
		await page.getByText('a colleague must approve this').waitFor()
		await looksRight(page, named('refund-dialog'))
		await page.goto('/console/payments')
		await isLive(page)
		await page.getByRole('checkbox', { name: 'Choose Sofa, returned' }).first().check()
		await page.getByRole('checkbox', { name: 'Choose Desk lamp, damaged' }).first().check()
		await looksRight(page, named('payments-chosen'))
		await page.getByRole('button', { name: 'Refund 2 payments' }).click()
		await page.getByText('must approve').waitFor()
		await looksRight(page, named('bulk-dialog'))
	})

	test('disputes and a dispute can be used by everybody', async () => {
		const { page } = await openDesk('/console/disputes?status=closed', way)
		await page.getByText('No dispute is in this state').waitFor()
		await looksRight(page, named('disputes-none'))
		await page.goto('/console/disputes')
		await isLive(page)
		await looksRight(page, named('disputes'))
		await page.goto(`/console/disputes/${dispute.id}`)
		await isLive(page)
		await looksRight(page, named('dispute'))
		await page.getByRole('button', { name: 'Give up…' }).click()
		await page.getByRole('dialog').waitFor()
		await looksRight(page, named('dispute-give-up'))
	})

	test('nothing moves while the checkout loads', async () => {
		const { page, context } = await openVisitor(way)
		await context.addInitScript(() => {
			const shifts = { sum: 0, what: [] as string[] }
			Object.assign(window, { shifts })
			new PerformanceObserver((list) => {
				for (const entry of list.getEntries() as (PerformanceEntry & {
					value: number
					hadRecentInput: boolean
					sources: { node?: Node }[]
				})[]) {
					if (entry.hadRecentInput) continue
					shifts.sum += entry.value
					shifts.what.push(
						`${entry.value} ${entry.sources.map(({ node }) => (node as Element)?.outerHTML?.slice(0, 80)).join(' | ')}`,
					)
				}
			}).observe({ type: 'layout-shift', buffered: true })
		})
		await orderMug(page)
		await page.reload()
		await cardFormIsReady(page)
		await page.evaluate(() => document.fonts.ready)
		await page.locator('[data-live=live]').waitFor()
		const { sum, what } = await page.evaluate(
			() => (window as unknown as { shifts: { sum: number; what: string[] } }).shifts,
		)
		expect(sum, what.join('\n')).toBeLessThanOrEqual(0.02)
	})
})
