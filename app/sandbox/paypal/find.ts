import type {
	PayPalAuthorization,
	PayPalCapture,
	PayPalDispute,
	PayPalOrder,
	PayPalRefund,
} from '../books/paypal-shapes.ts'
import type { Sandbox } from '../sandbox.ts'
import { missing } from './errors.ts'

const found = <T>(row: T | undefined, id: string): T => {
	if (row === undefined) throw missing(id)
	return row
}

export const orderNamed = ({ books }: Sandbox, id: string): PayPalOrder =>
	found(books.paypalOrders.get(id), id)

export const captureNamed = ({ books }: Sandbox, id: string): PayPalCapture =>
	found(books.paypalCaptures.get(id), id)

export const authorizationNamed = ({ books }: Sandbox, id: string): PayPalAuthorization =>
	found(books.paypalAuthorizations.get(id), id)

export const refundNamed = ({ books }: Sandbox, id: string): PayPalRefund =>
	found(books.paypalRefunds.get(id), id)

export const disputeNamed = ({ books }: Sandbox, id: string): PayPalDispute =>
	found(books.paypalDisputes.get(id), id)
