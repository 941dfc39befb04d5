import { answerOnce } from '../commands/idempotency/answer-once.server.ts'
import { reserveRefund } from '../commands/refunds/request-refund.server.ts'
import { CreateRefund } from '../contracts/payment-requests.ts'
import { newId } from '../domain/ids/new-id.ts'
import { idempotencyOf, waitSecondsOf } from '../http/idempotency-key.server.ts'
import { readJson } from '../http/read-json.server.ts'
import { presentRefund } from '../presenters/refund.server.ts'
import { failedIn, jsonText } from './handler.server.ts'
import { operation } from './operation.server.ts'
import { paymentIdIn } from './payment-id.server.ts'

/** POST /api/v1/payments/:id/refund, full or partial. */
export const refundPayment = operation(
	'POST /payments/:id/refund',
	async ({ caller, request, context, params }) => {
		const { services } = context
		const { merchantId, cause, grant } = caller
		const id = paymentIdIn(params)
		const { value, fingerprint } = await readJson(request)
		const { amount, reason } = CreateRefund.parse(value)
		const waitSeconds = waitSecondsOf(request)
		const refundId = newId('re')
		const answer = await answerOnce(
			services,
			idempotencyOf(request, {
				merchantId,
				livemode: services.livemode,
				route: `POST /payments/${id}/refund`,
				fingerprint,
				waitSeconds,
			}),
			{
				resourceId: refundId,
				status: 201,
				present: (kept) => presentRefund(services, { merchantId, refundId: kept }),
				settled: waitSeconds > 0 ? () => services.waitForRefund(id, refundId, waitSeconds) : null,
				committed: () => services.committed([services.jobs.refund]),
				failed: failedIn(context),
			},
			(tx) =>
				reserveRefund(tx, services, {
					merchantId,
					paymentId: id,
					refundId,
					amountMinor: amount === undefined ? null : BigInt(amount),
					reason: reason ?? null,
					actor: cause,
					grant,
				}),
		)
		return jsonText(answer.status, answer.body, answer.replayed ? { 'idempotent-replayed': 'true' } : {})
	},
)
