import type { PayPalCard } from '../books/paypal-shapes.ts'
import type { Desk } from '../sandbox.ts'

/** Tokens that always work, for tests that have no card page to type into. */
const NUMBERS: Record<string, string> = {
	sut_visa: '4242424242424242',
	sut_declined: '4000000000000002',
	sut_insufficient_funds: '4000000000009995',
	sut_3ds: '4000000000003220',
	sut_dispute: '4000000000000259',
	sut_inquiry: '4000000000001976',
}

export function fixedCard(desk: Desk, token: string): PayPalCard | undefined {
	const number = NUMBERS[token]
	if (number === undefined) return undefined
	const expiry = `${new Date(desk.clock.now()).getUTCFullYear() + 2}-12`
	return desk.books.paypalCards.put({ id: token, number, expiry, singleUse: false, spentBy: null })
}
