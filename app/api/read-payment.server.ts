import { askAboutPayment } from '../commands/payments/ask-about-payment.server.ts'
import { paymentNotFound } from '../commands/payments/request-operation.server.ts'
import { presentPayment } from '../presenters/payment.server.ts'
import { json } from './handler.server.ts'
import { operation } from './operation.server.ts'
import { paymentIdIn } from './payment-id.server.ts'

/** GET /api/v1/payments/:id. Looking at a payment with an open outcome asks the gateway about it. */
export const readPayment = operation('GET /payments/:id', async ({ caller, context, params }) => {
	const { merchantId } = caller
	const id = paymentIdIn(params)
	const payment = await presentPayment(context.services, { merchantId, paymentId: id })
	if (!payment) throw paymentNotFound(id)
	await askAboutPayment(context.services, payment)
	return json(payment)
})
