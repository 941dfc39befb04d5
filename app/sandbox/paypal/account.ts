import type { Sandbox } from '../sandbox.ts'
import { viewDispute } from './dispute-view.ts'
import { viewOrder } from './order-view.ts'
import { viewAuthorization, viewCapture, viewRefund } from './payment-views.ts'
import { viewTransaction } from './transaction-view.ts'

/** PayPal's side of the gateway's own account, in the words of its API. */
export function paypalBooks(sandbox: Sandbox, from: number): object {
	const { books } = sandbox
	const recent = (row: { created: number }) => row.created >= from
	return {
		orders: books.paypalOrders
			.all()
			.filter(recent)
			.map((row) => viewOrder(sandbox, row)),
		captures: books.paypalCaptures
			.all()
			.filter(recent)
			.map((row) => viewCapture(sandbox, row)),
		authorizations: books.paypalAuthorizations
			.all()
			.filter(recent)
			.map((row) => viewAuthorization(sandbox, row)),
		refunds: books.paypalRefunds
			.all()
			.filter(recent)
			.map((row) => viewRefund(sandbox, row)),
		disputes: books.paypalDisputes
			.all()
			.filter(recent)
			.map((row) => viewDispute(sandbox, row)),
		transactions: books.paypalTransactions
			.all()
			.filter(recent)
			.map((row) => viewTransaction(row)),
	}
}
