import { ListPaymentMethods } from '../contracts/payment-methods.ts'
import { requireSecretKey } from '../http/api-key.server.ts'
import { presentMethodOffers } from '../presenters/offered-methods.server.ts'
import { handler, json } from './handler.server.ts'

/** GET /api/v1/payment-methods: by what methods a payment could be paid, and why not by the others. */
export const listPaymentMethods = handler(async (request, context) => {
	const { merchantId } = await requireSecretKey(request, context)
	const { amount, currency, country, capture_method } = ListPaymentMethods.parse(
		Object.fromEntries(new URL(request.url).searchParams),
	)
	const query = {
		amountMinor: BigInt(amount),
		currency,
		country: country ?? null,
		capture: capture_method,
	}
	const data = await presentMethodOffers(context.services, { merchantId, query })
	return json({ object: 'list', url: '/api/v1/payment-methods', has_more: false, data })
})
