import { makeQuote } from '../commands/fx/make-quote.server.ts'
import { quoteCheckout as quote } from '../commands/fx/quote-checkout.server.ts'
import { answerOnce } from '../commands/idempotency/answer-once.server.ts'
import { CreateQuote, QuoteCheckout } from '../contracts/fx.ts'
import { newId } from '../domain/ids/new-id.ts'
import { idempotencyOf } from '../http/idempotency-key.server.ts'
import { requireSameOrigin } from '../http/origin.server.ts'
import { payerAddress } from '../http/payer-address.server.ts'
import { readJson } from '../http/read-json.server.ts'
import { presentQuote, presentRates, toFxQuote } from '../presenters/fx.server.ts'
import { presentCheckoutMethods } from '../presenters/offered-methods.server.ts'
import { checkoutOperation } from './checkout-operation.server.ts'
import { json, jsonText } from './handler.server.ts'
import { operation } from './operation.server.ts'

/**
 * POST /checkout/:sessionId/quote: what the order costs in another currency, and how it can be paid there. The same
 * question has the same answer.
 */
export const quoteCheckout = checkoutOperation(async ({ request, context, sessionId }) => {
	requireSameOrigin(request)
	const { services, clientIp } = context
	const { value } = await readJson(request)
	const { currency } = QuoteCheckout.parse(value)
	const row = await quote(services, { sessionId, currency })
	const ip = payerAddress(clientIp)
	const methods = await presentCheckoutMethods(services, {
		merchantId: row.merchantId,
		query: {
			amountMinor: row.presentment.minor,
			currency,
			country: ip === null ? null : services.countryOf(ip),
			capture: 'automatic',
		},
	})
	return json({ quote: toFxQuote(row), methods })
})

/** GET /api/v1/fx/rates */
export const readRates = operation('GET /fx/rates', async ({ context }) => {
	return json(await presentRates(context.services))
})

/** POST /api/v1/fx/quotes */
export const createQuote = operation('POST /fx/quotes', async ({ caller, request, context }) => {
	const { services } = context
	const { merchantId } = caller
	const { value, fingerprint } = await readJson(request)
	const { amount, from, to } = CreateQuote.parse(value)
	const table = await services.rates.current()
	const id = newId('fxq')
	const route = 'POST /fx/quotes'
	const { livemode } = services
	const answer = await answerOnce(
		services,
		idempotencyOf(request, { merchantId, livemode, route, fingerprint, waitSeconds: 0 }),
		{
			resourceId: id,
			status: 201,
			present: (quoteId) => presentQuote(services, { merchantId, quoteId }),
			settled: null,
			committed: () => services.committed([]),
		},
		async (tx) => {
			const settlement = { minor: BigInt(amount), currency: from }
			const input = { id, merchantId, checkoutSessionId: null, settlement, currency: to, param: 'to' }
			return toFxQuote(await makeQuote(tx, services, table, input))
		},
	)
	return jsonText(answer.status, answer.body, answer.replayed ? { 'idempotent-replayed': 'true' } : {})
})
