import { afterAll, beforeAll, expect, test } from 'vitest'
import { startProduct, type Product } from './product.ts'
import { fillCard, fillIn, news, orderMug, payButton } from './shopping.ts'
import { openVisitor } from './visitor.ts'

// A product of its own: the limits of the others are off, since all their shoppers come from one address.
let shop: Product
let stop = async () => {}

beforeAll(async () => {
	const started = await startProduct(() => ({ CARD_TESTING_LIMITS: '1' }))
	shop = started.product
	stop = started.stop
}, 180_000)
afterAll(() => stop())

const DECLINED = '4000 0000 0000 0002'
const MOST_A_MINUTE = 6

test('whoever tries card after card on one order is stopped, told for how long, and charged nothing', async () => {
	const { page } = await openVisitor({ baseURL: shop.baseUrl, mayFail: /429/ })
	await orderMug(page)
	await fillIn(page, DECLINED)
	for (let tries = 1; tries <= MOST_A_MINUTE; tries += 1) {
		const answered = page.waitForResponse('**/confirm')
		await payButton(page).click()
		expect((await answered).status()).toBe(200)
		await page.locator('[data-phase=editing]').waitFor()
		await news(page).getByText('Nothing was charged.').waitFor()
		await fillCard(page, DECLINED)
	}
	const refused = page.waitForResponse('**/confirm')
	await payButton(page).click()
	expect((await refused).status()).toBe(429)
	await news(page).getByText('There were too many tries to pay.').waitFor()
	const waiting = page.getByRole('button', { name: /^Try again in (29|30):/ })
	await waiting.waitFor()
	expect(await waiting.isDisabled()).toBe(true)

	const books = (await (await fetch(`${shop.sandboxUrl}/sandbox/books`)).json()) as {
		charges: { status: string }[]
	}
	expect(books.charges.filter(({ status }) => status === 'succeeded')).toEqual([])
})
