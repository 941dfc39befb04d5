import type { Handler, Routes } from './call.ts'
import { createOrder } from './create-order.ts'
import { refused } from './errors.ts'
import { orderNamed } from './find.ts'
import { viewOrder, viewOutcome } from './order-view.ts'
import { patchOrder } from './patch.ts'
import { absent } from './read.ts'
import { awaitsPayer, readSource, spend } from './sources.ts'
import { takeOrder } from './take-order.ts'

const confirm: Handler = (desk, call) => {
	const order = orderNamed(desk, call.id)
	if (order.status === 'COMPLETED') {
		throw refused('ORDER_COMPLETED_OR_VOIDED', 'Order is voided or completed and hence cannot be processed.')
	}
	const source = readSource(desk, call.body)
	if (!source) throw absent('/payment_source')
	spend(desk, source, order.id)
	const status = awaitsPayer(desk, source) ? 'PAYER_ACTION_REQUIRED' : 'APPROVED'
	const confirmed = desk.books.paypalOrders.put({ ...order, source, status, updated: desk.clock.seconds() })
	return { status: 200, body: viewOutcome(desk, confirmed) }
}

const retrieve: Handler = (desk, call) => ({ status: 200, body: viewOrder(desk, orderNamed(desk, call.id)) })

export const orderRoutes: Routes = {
	'POST /v2/checkout/orders': createOrder,
	'GET /v2/checkout/orders/:id': retrieve,
	'PATCH /v2/checkout/orders/:id': patchOrder,
	'POST /v2/checkout/orders/:id/capture': takeOrder('CAPTURE'),
	'POST /v2/checkout/orders/:id/authorize': takeOrder('AUTHORIZE'),
	'POST /v2/checkout/orders/:id/confirm-payment-source': confirm,
}
