import { answerOnce } from '../commands/idempotency/answer-once.server.ts'
import { confirmPayment as confirm } from '../commands/payments/confirm-payment.server.ts'
import { ConfirmPayment } from '../contracts/payment-requests.ts'
import { idempotencyOf, waitSecondsOf } from '../http/idempotency-key.server.ts'
import { readJson } from '../http/read-json.server.ts'
import { presentPayer, readKeptPayment } from '../presenters/payment.server.ts'
import { failedIn, jsonText } from './handler.server.ts'
import { operation } from './operation.server.ts'
import { paymentIdIn } from './payment-id.server.ts'

/** POST /api/v1/payments/:id/confirm, for a payment that was created without `confirm`. */
export const confirmPayment = operation(
	'POST /payments/:id/confirm',
	async ({ caller, request, context, params }) => {
		const { services } = context
		const { merchantId, cause } = caller
		const id = paymentIdIn(params)
		const { value, fingerprint } = await readJson(request)
		const { payment_method: paymentMethod = null } = ConfirmPayment.parse(value)
		const waitSeconds = waitSecondsOf(request)
		const wake = () => services.committed([services.jobs.process])
		const idempotency = idempotencyOf(request, {
			merchantId,
			livemode: services.livemode,
			route: `POST /payments/${id}/confirm`,
			fingerprint,
			waitSeconds,
		})
		const tryer = async () => {
			const { clientIp } = await presentPayer(services, { merchantId, paymentId: id })
			return { merchantId, sessionId: null, clientIp }
		}
		await services.tryLimits.count(tryer, idempotency)
		const answer = await answerOnce(
			services,
			idempotency,
			{
				resourceId: id,
				status: 200,
				present: () => readKeptPayment(services, { merchantId, paymentId: id }),
				settled: waitSeconds > 0 ? () => services.waitForRest(merchantId, id, waitSeconds) : null,
				committed: wake,
				failed: failedIn(context),
			},
			(tx) => confirm(tx, services, { merchantId, paymentId: id, actor: cause, paymentMethod }),
		)
		return jsonText(answer.status, answer.body, answer.replayed ? { 'idempotent-replayed': 'true' } : {})
	},
)
