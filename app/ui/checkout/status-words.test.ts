import { describe, expect, it } from 'vitest'
import type { Payment } from '../../contracts/payments.ts'
import { startCheckout, type CheckoutState } from './checkout-state.ts'
import { statusWords } from './status-words.ts'

const session = {
	id: 'cs_1',
	status: 'open' as const,
	amount: 4200,
	currency: 'usd',
	items: [],
	expiresAt: 0,
	merchantName: 'Shop',
}
const start = startCheckout({ session, payment: null })
const inState = (more: Partial<CheckoutState>) => statusWords({ ...start, ...more }, '$42.00')
const withError = (status: Payment['status'], error: Partial<NonNullable<Payment['last_payment_error']>>) =>
	({
		status,
		last_payment_error: {
			type: 'card_error',
			code: 'card_declined',
			decline_code: null,
			message: '',
			...error,
		},
	}) as Payment

describe('what the shopper reads', () => {
	it('names the exact price before anything is sent', () => {
		expect(inState({}).title).toContain('$42.00')
	})

	it('gives the bank’s reason, says no money was taken, and what to do', () => {
		const payment = withError('requires_payment_method', {
			decline_code: 'insufficient_funds',
			message: 'Your card has insufficient funds.',
		})
		expect(inState({ payment })).toMatchObject({
			tone: 'bad',
			title: 'Your card has insufficient funds.',
			detail: 'No money was taken. Try another card, or ask your bank why it said no.',
		})
	})

	it('does not say it twice', () => {
		const message = 'The bank declined the card. Nothing was charged. Try another card.'
		expect(inState({ payment: withError('requires_payment_method', { message }) })).toMatchObject({
			title: 'The bank declined the card.',
			detail: 'Nothing was charged. Try another card.',
		})
	})

	it('says that a held payment is not charged', () => {
		const words = inState({ phase: 'held' })
		expect(`${words.title}. ${words.detail}`).toContain(
			'Your payment is held while the shop checks the order. You have not been charged yet.',
		)
	})

	it('tells the second tab not to pay again', () => {
		const payment = withError('processing', {})
		expect(inState({ phase: 'following', payment }).title).toBe('This order is being paid in another tab')
		expect(inState({ phase: 'following', payment, startedHere: true }).title).toBe('Contacting your bank')
	})

	it('promises no second charge while an answer is missing', () => {
		expect(inState({ phase: 'confirming', unanswered: true }).detail).toContain('cannot be charged twice')
	})

	it('says what each way to pay does with the money, before anything is pressed', () => {
		expect(statusWords(start, '$42.00', 'paypal').detail).toContain(
			'Nothing is charged before you say yes there',
		)
		expect(statusWords(start, '$42.00', 'sepa_debit').detail).toContain('Your account is debited once')
	})

	it('is calm about a payment that was called off', () => {
		const payment = withError('requires_payment_method', {
			code: 'canceled_by_payer',
			message: 'You called it off at PayPal. Nothing was charged.',
		})
		expect(inState({ payment })).toMatchObject({
			tone: 'neutral',
			title: 'You called it off at PayPal.',
			detail: 'Nothing was charged. Choose how to pay when you are ready.',
		})
	})

	it('gives the advice of the house where a code says nothing of its own', () => {
		const message = 'The way of paying was declined. Nothing was charged.'
		const payment = withError('requires_payment_method', { code: 'x', advice: 'other_method', message })
		expect(inState({ payment }).detail).toBe('Nothing was charged. Choose another way to pay.')
	})

	it('promises days for a bank that pays later, and a receipt to the address that was given', () => {
		const payment = { ...withError('processing', {}), receipt_email: 'ada@example.com' } as Payment
		const { title, detail } = inState({ phase: 'awaiting', payment })
		expect(`${title}. ${detail}`).toContain('Your bank is paying $42.00. This takes 3–5 working days.')
		expect(detail).toContain('ada@example.com')
	})
})
