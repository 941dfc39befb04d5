import type { PayerCourse, PayPalOrder } from '../books/paypal-shapes.ts'
import type { Desk } from '../sandbox.ts'
import { viewOrder } from './order-view.ts'
import { BUYER_ID } from './parties.ts'
import { publish } from './publish.ts'

export const awaitsApproval = ({ status }: PayPalOrder): boolean =>
	status === 'CREATED' || status === 'PAYER_ACTION_REQUIRED'

/** What the payer did on PayPal's page. Pressing a button twice changes nothing the second time. */
export function approve(desk: Desk, order: PayPalOrder, course: PayerCourse): PayPalOrder {
	if (!awaitsApproval(order)) return order
	const source = order.source ?? { kind: 'paypal', brandName: null, returnUrl: null, cancelUrl: null }
	const approved = desk.books.paypalOrders.put({
		...order,
		course,
		source: source.kind === 'card' ? { ...source, authenticated: true } : source,
		status: 'APPROVED',
		updated: desk.clock.seconds(),
	})
	publish(
		desk,
		'CHECKOUT.ORDER.APPROVED',
		'checkout-order',
		viewOrder(desk, approved),
		'An order has been approved by buyer',
	)
	return approved
}

/** The bank did not recognise the payer: the order stays open, and the shop sees why. */
export function failAuthentication(desk: Desk, order: PayPalOrder): PayPalOrder {
	if (!awaitsApproval(order) || order.source?.kind !== 'card') return order
	return desk.books.paypalOrders.put({
		...order,
		source: { ...order.source, authenticated: false },
		updated: desk.clock.seconds(),
	})
}

/** Where the payer goes next. Nowhere, if the shop named no page: its own script waits for the window. */
export function wayBack({ id, source }: PayPalOrder, approved: boolean): string | null {
	const address = (approved ? source?.returnUrl : source?.cancelUrl) ?? null
	if (address === null) return null
	const url = new URL(address)
	url.searchParams.set('token', id)
	if (approved && source?.kind === 'paypal') url.searchParams.set('PayerID', BUYER_ID)
	return url.href
}
