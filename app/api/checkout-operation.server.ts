import type { Composed, Services } from '../compose.server.ts'
import { endpoint } from '../http/endpoint.server.ts'
import { sessionNotFound } from '../commands/checkout/session-errors.server.ts'
import { merchantOfOrder } from '../presenters/checkout.server.ts'
import type { ApiHandler } from './handler.server.ts'
import type { MerchantContext } from './operation.server.ts'

type OfOrder = { merchantId: string; services: Services }

/** The services of the merchant whose order this is: its id is all a shopper has. Null when there is no such order. */
export async function findServicesOfOrder(services: Composed, sessionId: string): Promise<OfOrder | null> {
	const found = await merchantOfOrder(services.acrossMerchants, sessionId)
	if (!found) return null
	const { merchantId, livemode } = found
	return { merchantId, services: services.forMerchant(merchantId, livemode) }
}

type Call = { request: Request; context: MerchantContext; merchantId: string; sessionId: string }

/** What a shopper asks of their own order. */
export const checkoutOperation =
	(run: (call: Call) => Promise<Response>): ApiHandler =>
	(request, context, { sessionId = '' }) =>
		endpoint(context, async () => {
			const found = await findServicesOfOrder(context.services, sessionId)
			if (!found) throw sessionNotFound()
			const { merchantId, services } = found
			return run({ request, context: { ...context, services }, merchantId, sessionId })
		})
