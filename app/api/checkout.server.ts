import { answerOnce } from '../commands/idempotency/answer-once.server.ts'
import { abandonTry as abandon } from '../commands/checkout/abandon-try.server.ts'
import { confirmCheckout as confirm } from '../commands/checkout/confirm-checkout.server.ts'
import { refreshCheckout as refresh } from '../commands/checkout/refresh-checkout.server.ts'
import type { Services } from '../compose.server.ts'
import { ConfirmCheckout } from '../contracts/checkout.ts'
import type { KeptPayment } from '../contracts/payments.ts'
import { idempotencyOf } from '../http/idempotency-key.server.ts'
import { requireSameOrigin } from '../http/origin.server.ts'
import { payerAddress } from '../http/payer-address.server.ts'
import { fingerprintWithout, readJson } from '../http/read-json.server.ts'
import { forShopper, presentCheckoutPayment, presentNextAction } from '../presenters/checkout.server.ts'
import { checkoutOperation } from './checkout-operation.server.ts'
import { json, jsonText } from './handler.server.ts'

/**
 * POST /checkout/:sessionId/confirm. The order's lock, not the browser, makes sure it is charged once; the key makes
 * sure that the same try sent again is told the same.
 */
export const confirmCheckout = checkoutOperation(async ({ request, context, merchantId, sessionId }) => {
	requireSameOrigin(request)
	const { services } = context
	const { value } = await readJson(request)
	// A tab that was loaded again no longer knows who pays, and sends the same try.
	const fingerprint = fingerprintWithout(value, ['email', 'name'])
	const body = ConfirmCheckout.parse(value)
	const { livemode } = services
	const route = `POST /checkout/${sessionId}/confirm`
	const key = idempotencyOf(request, { merchantId, livemode, route, fingerprint, waitSeconds: 0 })
	await services.tryLimits.count({ merchantId, sessionId, clientIp: context.clientIp }, key)
	const payer = await services.payers.name({
		merchantId,
		email: body.email ?? null,
		ip: payerAddress(context.clientIp),
	})
	const answer = await answerOnce(
		services,
		key,
		{
			resourceId: sessionId,
			status: 200,
			present: async () => ({ payment: await presentCheckoutPayment(services, { sessionId }) }),
			settled: null,
			committed: () => services.committed([services.jobs.process]),
		},
		async (tx) => ({ payment: forShopper(await confirm(tx, services, { sessionId, body, payer })) }),
	)
	return jsonText(answer.status, answer.body, answer.replayed ? { 'idempotent-replayed': 'true' } : {})
})

async function told({ db, payers }: Services, payment: KeptPayment | null): Promise<Response> {
	const [shown = null] = await payers.open(db, payment ? [forShopper(payment)] : [])
	return json({ payment: shown })
}

/** POST /checkout/:sessionId/refresh: after a challenge, or when a connection was lost. */
export const refreshCheckout = checkoutOperation(async ({ request, context, sessionId }) => {
	requireSameOrigin(request)
	return told(context.services, await refresh(context.services, { sessionId }))
})

/** POST /checkout/:sessionId/abandon: the shopper will not say yes to the open try, and wants to pay another way. */
export const abandonTry = checkoutOperation(async ({ request, context, sessionId }) => {
	requireSameOrigin(request)
	return told(context.services, await abandon(context.services, { sessionId }))
})

/** GET /checkout/:sessionId/next-action: what the browser must do to continue. */
export const nextAction = checkoutOperation(async ({ context, sessionId }) =>
	json(await presentNextAction(context.services, { sessionId })),
)
