import { answerOnce } from '../commands/idempotency/answer-once.server.ts'
import { withdrawRefund } from '../commands/refunds/cancel-refund.server.ts'
import { refundNotFound } from '../commands/refunds/lock-refund.server.ts'
import { RefundId } from '../contracts/ids.ts'
import { NoParameters } from '../contracts/payment-requests.ts'
import { idempotencyOf } from '../http/idempotency-key.server.ts'
import { readJson } from '../http/read-json.server.ts'
import { presentRefund } from '../presenters/refund.server.ts'
import { json, jsonText } from './handler.server.ts'
import { operation } from './operation.server.ts'

function refundIdIn({ id = '' }: Readonly<Record<string, string | undefined>>): string {
	if (!RefundId.safeParse(id).success) throw refundNotFound(id)
	return id
}

/** GET /api/v1/refunds/:id */
export const readRefund = operation('GET /refunds/:id', async ({ caller, context, params }) => {
	const { merchantId } = caller
	const refundId = refundIdIn(params)
	const refund = await presentRefund(context.services, { merchantId, refundId })
	if (!refund) throw refundNotFound(refundId)
	return json(refund)
})

/** POST /api/v1/refunds/:id/cancel, while it waits for approval or for the payer. */
export const cancelRefund = operation(
	'POST /refunds/:id/cancel',
	async ({ caller, request, context, params }) => {
		const { services } = context
		const { merchantId, cause } = caller
		const refundId = refundIdIn(params)
		const { value, fingerprint } = await readJson(request)
		NoParameters.parse(value)
		const route = `POST /refunds/${refundId}/cancel`
		const answer = await answerOnce(
			services,
			idempotencyOf(request, { merchantId, livemode: services.livemode, route, fingerprint, waitSeconds: 0 }),
			{
				resourceId: refundId,
				status: 200,
				present: () => presentRefund(services, { merchantId, refundId }),
				settled: null,
				committed: () => services.committed([services.jobs.refund]),
			},
			(tx) => withdrawRefund(tx, services, { merchantId, refundId, actor: cause }),
		)
		return jsonText(answer.status, answer.body, answer.replayed ? { 'idempotent-replayed': 'true' } : {})
	},
)
