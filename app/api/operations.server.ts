import { answerOnce } from '../commands/idempotency/answer-once.server.ts'
import {
	APPROVE,
	CANCEL,
	CAPTURE,
	REJECT,
	requestOperation,
	type OperationRequest,
} from '../commands/payments/request-operation.server.ts'
import { CapturePayment, NoParameters, RejectPayment } from '../contracts/payment-requests.ts'
import { idempotencyOf, waitSecondsOf } from '../http/idempotency-key.server.ts'
import { readJson } from '../http/read-json.server.ts'
import { readKeptPayment } from '../presenters/payment.server.ts'
import { failedIn, jsonText, type ApiHandler } from './handler.server.ts'
import { operation } from './operation.server.ts'
import { paymentIdIn } from './payment-id.server.ts'

type Read = (body: unknown) => OperationRequest & { reason?: string | undefined }

/** The answer shows the payment as asked for; `Prefer: wait=N` waits for the gateway's word. */
const onPayment = (name: 'capture' | 'cancel' | 'approve' | 'reject', read: Read): ApiHandler =>
	operation(`POST /payments/:id/${name}`, async ({ caller, request, context, params }) => {
		const { services } = context
		const { merchantId, cause, grant } = caller
		const id = paymentIdIn(params)
		const { value, fingerprint } = await readJson(request)
		const asked = read(value)
		const waitSeconds = waitSecondsOf(request)
		const present = () => readKeptPayment(services, { merchantId, paymentId: id })
		const answer = await answerOnce(
			services,
			idempotencyOf(request, {
				merchantId,
				livemode: services.livemode,
				route: `POST /payments/${id}/${name}`,
				fingerprint,
				waitSeconds,
			}),
			{
				resourceId: id,
				status: 200,
				present,
				settled: waitSeconds > 0 ? () => services.waitForEnd(merchantId, id, waitSeconds) : null,
				committed: () => services.committed([services.jobs.operate, services.jobs.process]),
				failed: failedIn(context),
			},
			(tx) => {
				const input = { merchantId, paymentId: id, actor: cause, grant, reason: asked.reason ?? null }
				return requestOperation(tx, services, input, asked)
			},
		)
		return jsonText(answer.status, answer.body, answer.replayed ? { 'idempotent-replayed': 'true' } : {})
	})

const noParameters = (request: Omit<OperationRequest, 'amountMinor'>): Read => {
	return (body) => {
		NoParameters.parse(body)
		return { ...request, amountMinor: null }
	}
}

/** POST /api/v1/payments/:id/capture */
export const capturePayment = onPayment('capture', (body) => {
	const { amount_to_capture: amount } = CapturePayment.parse(body)
	return { ...CAPTURE, amountMinor: amount === undefined ? null : BigInt(amount) }
})

/** POST /api/v1/payments/:id/cancel */
export const cancelPayment = onPayment('cancel', noParameters(CANCEL))

/** POST /api/v1/payments/:id/approve */
export const approvePayment = onPayment('approve', noParameters(APPROVE))

/** POST /api/v1/payments/:id/reject */
export const rejectPayment = onPayment('reject', (body) => ({
	...REJECT,
	amountMinor: null,
	reason: RejectPayment.parse(body).reason,
}))
