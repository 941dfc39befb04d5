import type { Tx } from '#db/client.ts'
import { closeOpenAttempts } from '#db/queries/attempts.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { insertEvents } from '#db/queries/events.ts'
import { lockPayment, patchPayments } from '#db/queries/payments.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import { advance } from '../../domain/payments/payment-state.ts'
import { paymentEvent } from './payment-events.server.ts'

type Input = { merchantId: string; paymentId: string; actor: Cause; reason: string }

/**
 * Step: a person who looked at the gateway says that a payment without an outcome holds no money. It ends without a
 * booking; money that shows up later opens an item of its own. False when the payment has no such end.
 */
export async function endPayment(tx: Tx, { merchantId, paymentId, actor, reason }: Input): Promise<boolean> {
	const payment = await lockPayment(tx, { merchantId, id: paymentId })
	if (!payment || payment.captured_minor > 0n) return false
	const refused = advance(payment.status, 'declined_for_good')
	const move = refused.ok ? refused : advance(payment.status, 'void')
	if (!move.ok) return false
	await closeOpenAttempts(tx, paymentId, reason)
	const [row = payment] = await patchPayments(
		tx,
		[payment],
		[
			{
				id: paymentId,
				status: move.state,
				cause_kind: actor.kind,
				cause_ref: actor.ref,
				next_check_at: null,
				next_action_url: null,
				requested_operation: null,
				requested_minor: null,
				requested_by: null,
				error: {
					type: 'gateway_error',
					code: 'ended_by_hand',
					decline_code: null,
					message: 'The gateway gave no clear answer, and the payment was ended by hand.',
				},
			},
		],
	)
	await insertEvents(tx, [paymentEvent(row)])
	await appendAudit(tx, [
		{
			merchant_id: merchantId,
			actor: causeText(actor),
			action: 'payment.ended_by_hand',
			subject_id: paymentId,
			payload: {},
			before: { status: payment.status },
			after: { status: move.state },
			reason,
		},
	])
	return true
}
