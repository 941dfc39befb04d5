import { expect, test } from 'vitest'
import {
	authorizeDebit,
	chooseMethod,
	fillIn,
	MUG,
	news,
	orderMug,
	payButton,
	receiptIsShown,
} from './shopping.ts'
import { bringForward, findPayment, newCard, newEmail, paidCharges, rowOf } from './till.ts'
import { openVisitor } from './visitor.ts'

const TWO_WEEKS_S = 14 * 86_400

test('a bank debit that fails days later is told on the open page, and a card pays the same order', async () => {
	const { page } = await openVisitor()
	await orderMug(page)
	await authorizeDebit(page, '000222222227')
	await page.getByText(`Your bank is paying ${MUG}`).waitFor()
	const reference = (await page.locator('[data-phase=awaiting] .font-mono').innerText()).trim()
	const { id } = await findPayment(reference)
	await bringForward(id, TWO_WEEKS_S)
	await news(page).getByText('Nothing was charged.').waitFor()
	expect(await paidCharges(id)).toHaveLength(0)

	await chooseMethod(page, 'Card')
	await page.locator('[data-method=card] [data-form=ready]').waitFor()
	await fillIn(page, newCard())
	await payButton(page).click()
	await receiptIsShown(page)
	expect(await rowOf(id)).toMatchObject({ status: 'succeeded', payment_method: { type: 'card' } })
	expect(await paidCharges(id)).toHaveLength(1)
})

test('a SEPA debit is authorized in euros and paid days later', async () => {
	const { page } = await openVisitor()
	await orderMug(page)
	await page.getByLabel('Pay in').selectOption('eur')
	await page.getByText('This price is kept for').waitFor()
	await chooseMethod(page, 'SEPA Direct Debit')
	await page.locator('[data-method=sepa_debit] [data-form=ready]').waitFor()
	await page.getByLabel('E-mail').fill(newEmail())
	await page.getByLabel('Name of the account holder').fill('Dora Debit')
	await page.getByTitle('IBAN').contentFrame().getByLabel('IBAN').fill('AT611904300234573201')
	await page.getByRole('region', { name: 'Debit authorization' }).getByText('within 8 weeks').waitFor()
	await page.getByRole('button', { name: /^Authorize debit of €/ }).click()
	await page.getByText('Your bank is paying €').waitFor()
	const reference = (await page.locator('[data-phase=awaiting] .font-mono').innerText()).trim()
	const { id } = await findPayment(reference)
	await bringForward(id, TWO_WEEKS_S)
	await page.getByRole('heading', { name: /^€.* paid$/ }).waitFor()
	expect(await rowOf(id)).toMatchObject({
		status: 'succeeded',
		currency: 'eur',
		payment_method: { type: 'sepa_debit' },
	})
	expect(await paidCharges(id)).toHaveLength(1)
})

test('a PayPal payment declined after the yes is asked about again, and another yes pays', async () => {
	const { page } = await openVisitor()
	await orderMug(page)
	await chooseMethod(page, 'PayPal')
	await page.getByLabel('E-mail').fill(newEmail())
	await page.getByRole('button', { name: `Pay ${MUG} with PayPal` }).click()
	await page.getByLabel('Is declined when the shop collects').check()
	const back = page.waitForURL('**/checkout/cs_*')
	await page.getByRole('button', { name: 'Pay', exact: true }).click()
	await back
	// Asked anew, with nothing chosen of the first time.
	await page.getByRole('radio', { name: 'Succeeds', checked: true }).waitFor()
	await page.getByRole('button', { name: 'Pay', exact: true }).click()
	await receiptIsShown(page)
})
