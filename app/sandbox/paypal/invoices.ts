import type { PayPalOrder } from '../books/paypal-shapes.ts'
import type { Desk } from '../sandbox.ts'
import { refused } from './errors.ts'
import { CODES } from './transactions.ts'

/** PayPal's guard against accidental double payments, which a merchant's account has switched on at first. */
export function refuseDoubledInvoice({ books }: Desk, { invoice }: PayPalOrder): void {
	if (invoice === null) return
	if (!books.paypalTransactions.of(invoice).some(({ code }) => code === CODES.payment)) return
	throw refused(
		'DUPLICATE_INVOICE_ID',
		'Duplicate Invoice ID detected. To avoid a potential duplicate transaction your account setting requires that Invoice Id be unique for each transaction.',
	)
}
