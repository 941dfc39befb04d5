import type { Tx } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { insertEvents } from '#db/queries/events.ts'
import { lockPayments, patchPayments } from '#db/queries/payments.ts'
import type { FailedJob } from '../../domain/attention/plan-retry.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import { paymentEvent } from './payment-events.server.ts'

/**
 * Step: a capture, cancel or rejection whose job failed for good is no longer under way, so that a person can ask
 * again. Returns what had been asked; null when nothing was. Whatever the gateway did is learnt at the next asking.
 */
export async function giveUpOperation(
	tx: Tx,
	paymentId: string,
	actor: Cause,
	/** The gateway's words, when it refused. */
	refusal: string | null = null,
): Promise<Pick<FailedJob, 'operation' | 'amountMinor'> | null> {
	const [payment] = await lockPayments(tx, [paymentId])
	if (!payment?.requested_operation) return null
	const { requested_operation: operation, requested_minor: amount } = payment
	const [row = payment] = await patchPayments(
		tx,
		[payment],
		[
			{
				id: paymentId,
				status: payment.status,
				cause_kind: actor.kind,
				cause_ref: actor.ref,
				requested_operation: null,
				requested_minor: null,
				requested_by: null,
				...(refusal !== null && {
					error: {
						type: 'gateway_error',
						code: `${operation}_refused`,
						decline_code: null,
						message: refusal,
					},
				}),
			},
		],
	)
	await insertEvents(tx, [paymentEvent(row, 'payment.updated')])
	await appendAudit(tx, [
		{
			merchant_id: payment.merchant_id,
			actor: causeText(actor),
			action: `payment.${operation}_given_up`,
			subject_id: paymentId,
			payload: { refusal, amount_minor: amount?.toString() ?? null, currency: payment.currency },
		},
	])
	return { operation, amountMinor: amount?.toString() ?? null }
}
