import { createPayment as create } from '../commands/payments/create-payment.server.ts'
import { CreatePayment } from '../contracts/payment-requests.ts'
import { idempotencyOf, waitSecondsOf } from '../http/idempotency-key.server.ts'
import { readJson } from '../http/read-json.server.ts'
import { failedIn, jsonText } from './handler.server.ts'
import { operation } from './operation.server.ts'

/** POST /api/v1/payments. `Prefer: wait=N` answers when the payment rests, at the latest after N seconds. */
export const createPayment = operation('POST /payments', async ({ caller, request, context }) => {
	const { services } = context
	const { merchantId, cause } = caller
	const { value, fingerprint } = await readJson(request)
	const body = CreatePayment.parse(value)
	const waitSeconds = waitSecondsOf(request)
	const idempotency = idempotencyOf(request, {
		merchantId,
		livemode: services.livemode,
		route: 'POST /payments',
		fingerprint,
		waitSeconds,
	})
	if (body.confirm && body.client_ip) {
		await services.tryLimits.count({ merchantId, sessionId: null, clientIp: body.client_ip }, idempotency)
	}
	const answer = await create(services, {
		merchantId,
		cause,
		body,
		waitSeconds,
		failed: failedIn(context),
		idempotency,
	})
	return jsonText(answer.status, answer.body, {
		...(answer.replayed && { 'idempotent-replayed': 'true' }),
		...(waitSeconds > 0 && { 'preference-applied': `wait=${waitSeconds}` }),
	})
})
