import { ListEvents, ListPayments, ListRefunds } from '../contracts/payment-requests.ts'
import { requireSecretKey } from '../http/api-key.server.ts'
import { presentEventPage, presentPaymentPage } from '../presenters/payment-page.server.ts'
import { presentRefundPage } from '../presenters/refund.server.ts'
import { handler, json } from './handler.server.ts'

/** A repeated parameter keeps its last value, as everywhere in the API. */
const queryOf = (request: Request) => Object.fromEntries(new URL(request.url).searchParams)

/** GET /api/v1/payments */
export const listPayments = handler(async (request, context) => {
	const { merchantId } = await requireSecretKey(request, context)
	return json(await presentPaymentPage(context.services, merchantId, ListPayments.parse(queryOf(request))))
})

/** GET /api/v1/refunds */
export const listRefunds = handler(async (request, context) => {
	const { merchantId } = await requireSecretKey(request, context)
	return json(await presentRefundPage(context.services, merchantId, ListRefunds.parse(queryOf(request))))
})

/** GET /api/v1/events */
export const listEvents = handler(async (request, context) => {
	const { merchantId } = await requireSecretKey(request, context)
	return json(await presentEventPage(context.services, merchantId, ListEvents.parse(queryOf(request))))
})
