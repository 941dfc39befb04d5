import { ListPaymentMethods } from '../contracts/payment-methods.ts'
import { presentMethodOffers } from '../presenters/offered-methods.server.ts'
import { json } from './handler.server.ts'
import { operation } from './operation.server.ts'

/** GET /api/v1/payment-methods: by what methods a payment could be paid, and why not by the others. */
export const listPaymentMethods = operation('GET /payment-methods', async ({ caller, request, context }) => {
	const { merchantId } = caller
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
