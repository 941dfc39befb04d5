import { ListEvents, ListPayments, ListRefunds } from '../contracts/payment-requests.ts'
import { presentEventPage, presentPaymentPage } from '../presenters/payment-page.server.ts'
import { presentRefundPage } from '../presenters/refund.server.ts'
import { json, jsonText } from './handler.server.ts'
import { operation } from './operation.server.ts'

/** A repeated parameter keeps its last value, as everywhere in the API. */
const queryOf = (request: Request) => Object.fromEntries(new URL(request.url).searchParams)

/** GET /api/v1/payments */
export const listPayments = operation('GET /payments', async ({ caller, request, context }) => {
	const { merchantId } = caller
	return json(await presentPaymentPage(context.services, merchantId, ListPayments.parse(queryOf(request))))
})

/** GET /api/v1/refunds */
export const listRefunds = operation('GET /refunds', async ({ caller, request, context }) => {
	const { merchantId } = caller
	return json(await presentRefundPage(context.services, merchantId, ListRefunds.parse(queryOf(request))))
})

/** GET /api/v1/events */
export const listEvents = operation('GET /events', async ({ caller, request, context }) => {
	const { merchantId } = caller
	const page = await presentEventPage(context.services, merchantId, ListEvents.parse(queryOf(request)))
	return jsonText(200, page)
})
