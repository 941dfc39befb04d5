import type { PayPalAmount, PayPalTransaction } from '../books/paypal-shapes.ts'
import type { Desk } from '../sandbox.ts'
import { newPayPalId } from './ids.ts'

/** https://developer.paypal.com/docs/transaction-search/transaction-event-codes/ */
export const CODES = {
	payment: 'T0006',
	refund: 'T1107',
	hold: 'T1110',
	release: 'T1111',
	chargeback: 'T1201',
} as const

interface Movement {
	id?: string
	code: keyof typeof CODES
	amount: PayPalAmount
	fee?: number
	reference: string | null
	of: { custom: string | null; invoice: string | null }
	subject: string | null
}

/** One line of the gateway's own account: the balance moves by the amount and the fee, both signed. */
export function move(desk: Desk, movement: Movement): PayPalTransaction {
	const { amount, code, fee = 0, id, of, reference, subject } = movement
	return desk.books.paypalTransactions.put({
		id: id ?? newPayPalId(),
		created: desk.clock.seconds(),
		code: CODES[code],
		amount,
		fee,
		reference,
		custom: of.custom,
		invoice: of.invoice,
		subject,
	})
}
