import { paymentNotFound } from '../commands/payments/request-operation.server.ts'
import { presentPayment } from '../presenters/payment.server.ts'
import { requireSecretKey } from '../http/api-key.server.ts'
import { handler, json } from './handler.server.ts'
import { paymentIdIn } from './payment-id.server.ts'

/** GET /api/v1/payments/:id */
export const readPayment = handler(async (request, context, params) => {
	const { merchantId } = await requireSecretKey(request, context)
	const id = paymentIdIn(params)
	const payment = await presentPayment(context.services, { merchantId, paymentId: id })
	if (!payment) throw paymentNotFound(id)
	return json(payment)
})
