import { expect, test } from 'vitest'
import { isLive, openDesk } from './console-desk.ts'
import { cardFormIsReady, fillIn, orderMug, payButton, receiptIsShown } from './shopping.ts'
import { makePaid, newCard } from './till.ts'
import { openVisitor, product, typedCards } from './visitor.ts'

// openVisitor looks at the console and at every request of every test; here each page is visited once on purpose.

test('no page complains in the console or breaks its content policy', async () => {
	const { page, complaints } = await openVisitor()
	await page.goto('/')
	await page.getByRole('heading', { level: 1 }).waitFor()
	await orderMug(page)
	await page.reload()
	await cardFormIsReady(page)
	await page.goto('/login')
	await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor()

	const payment = await makePaid(1_500, 'usd', 'For a quiet page')
	const { page: desk, complaints: deskComplaints } = await openDesk('/console')
	for (const path of ['/console?period=7d', '/console/payments', `/console/payments/${payment.id}`]) {
		await desk.goto(path)
		await isLive(desk)
	}
	await desk.getByRole('button', { name: 'Switch between light and dark' }).locator('visible=true').click()
	expect([...complaints, ...deskComplaints]).toEqual([])
})

test('a page that breaks the content policy would be noticed', async () => {
	const { page, complaints } = await openVisitor()
	await page.goto('/shop')
	await page.evaluate(() => {
		const style = document.createElement('style')
		style.textContent = 'body { color: red }'
		document.head.append(style)
	})
	await expect.poll(() => complaints.splice(0).join('\n')).toContain('Content Security Policy')
})

test('the card number goes to the gateway and never to our server', async () => {
	const { page, context } = await openVisitor()
	const card = newCard()
	typedCards.add(card)
	const seen: { url: string; hasCard: boolean }[] = []
	context.on('request', (request) => {
		seen.push({ url: request.url(), hasCard: (request.postData() ?? '').includes(card) })
	})
	await orderMug(page)
	await fillIn(page, card)
	await payButton(page).click()
	await receiptIsShown(page)
	const withCard = seen.filter(({ hasCard }) => hasCard).map(({ url }) => new URL(url).origin)
	// Once for each gateway the sandbox plays: the second may charge the card when the first cannot.
	expect(withCard).toHaveLength(2)
	expect(new Set(withCard)).toEqual(new Set([product.sandboxUrl]))
	expect(seen.some(({ url }) => url.startsWith(product.baseUrl) && url.endsWith('/confirm'))).toBe(true)
})
