import { askAboutPayment } from '../commands/payments/ask-about-payment.server.ts'
import { paymentNotFound } from '../commands/payments/request-operation.server.ts'
import { presentPayment } from '../presenters/payment.server.ts'
import { requireSecretKey } from '../http/api-key.server.ts'
import { handler, json } from './handler.server.ts'
import { paymentIdIn } from './payment-id.server.ts'

/** GET /api/v1/payments/:id. Looking at a payment with an open outcome asks the gateway about it. */
export const readPayment = handler(async (request, context, params) => {
	const { merchantId } = await requireSecretKey(request, context)
	const id = paymentIdIn(params)
	const payment = await presentPayment(context.services, { merchantId, paymentId: id })
	if (!payment) throw paymentNotFound(id)
	await askAboutPayment(context.services, payment)
	return json(payment)
})
