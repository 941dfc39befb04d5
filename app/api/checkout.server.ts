import { confirmCheckout as confirm } from '../commands/checkout/confirm-checkout.server.ts'
import { refreshCheckout as refresh } from '../commands/checkout/refresh-checkout.server.ts'
import { ConfirmCheckout } from '../contracts/checkout.ts'
import { requireSameOrigin } from '../http/origin.server.ts'
import { payerAddress } from '../http/payer-address.server.ts'
import { readJson } from '../http/read-json.server.ts'
import { forShopper, presentNextAction } from '../presenters/checkout.server.ts'
import { handler, json } from './handler.server.ts'

/** POST /checkout/:sessionId/confirm: the order's lock, not the browser, makes sure it is charged once. */
export const confirmCheckout = handler(async (request, context, { sessionId = '' }) => {
	requireSameOrigin(request)
	const { value } = await readJson(request)
	const body = ConfirmCheckout.parse(value)
	const payment = await confirm(context.services, {
		sessionId,
		body,
		payerIp: payerAddress(context.clientIp),
	})
	return json({ payment: forShopper(payment) })
})

/** POST /checkout/:sessionId/refresh: after a challenge, or when a connection was lost. */
export const refreshCheckout = handler(async (request, context, { sessionId = '' }) => {
	requireSameOrigin(request)
	const payment = await refresh(context.services, { sessionId })
	return json({ payment: payment && forShopper(payment) })
})

/** GET /checkout/:sessionId/next-action: what the browser must do to continue. */
export const nextAction = handler(async (_request, context, { sessionId = '' }) =>
	json(await presentNextAction(context.services, { sessionId })),
)
