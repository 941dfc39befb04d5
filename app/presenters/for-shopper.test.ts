import { expect, test } from 'vitest'
import type { Payment, PaymentError } from '../contracts/payments.ts'
import { forShopper } from './checkout.server.ts'

const declined = (standard_code: string): PaymentError => ({
	type: 'card_error',
	code: 'card_declined',
	decline_code: standard_code,
	message: 'The bank declined this card. Nothing was charged. Try another card.',
	standard_code,
	advice: 'other_card',
})

const paymentWith = (last_payment_error: PaymentError | null) =>
	({ id: 'pay_1', risk: { score: 3 }, metadata: { order: '7' }, last_payment_error }) as unknown as Payment

test.each(['stolen_card', 'lost_card', 'pick_up_card', 'suspected_fraud'])(
	'whoever holds a card of which its bank says %s is not told so',
	(code) => {
		const shown = forShopper(paymentWith(declined(code)))
		expect(JSON.stringify(shown)).not.toContain(code)
		expect(shown.last_payment_error).toMatchObject({ code: 'card_declined', advice: 'other_card' })
	},
)

test('another reason is told, and how the payment was scored is not', () => {
	const error = declined('insufficient_funds')
	expect(forShopper(paymentWith(error))).toMatchObject({
		last_payment_error: error,
		risk: null,
		metadata: {},
	})
	expect(forShopper(paymentWith(null)).last_payment_error).toBeNull()
})
