import type { Tx } from '#db/client.ts'
import { insertAttempts } from '#db/queries/attempts.ts'
import { insertEvents } from '#db/queries/events.ts'
import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import { patchPayments } from '#db/queries/payments.ts'
import { processPayment } from '#jobs/catalog/payments.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import type { PaymentId } from '../../contracts/ids.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import type { Cause } from '../../domain/payments/cause.ts'
import { advance, type PaymentTrigger } from '../../domain/payments/payment-state.ts'
import { paymentEvent } from './payment-events.server.ts'
import { planCharge, type WayBack } from './plan-charge.server.ts'

type Deps = { enqueue: Enqueue; clock: { now(): Date }; wayBack: WayBack }

type Asked = { operation: 'capture' | 'cancel' | 'reject'; amountMinor: bigint | null }

const FIRST_LOOK_MS = 60_000

const TRIGGER: Record<Asked['operation'], PaymentTrigger> = {
	capture: 'approve_uncharged',
	cancel: 'cancel',
	reject: 'reject',
}

/** A person has looked: the charge that waited for them is made now. */
async function charge(tx: Tx, deps: Deps, payment: PaymentRow): Promise<void> {
	const { id: payment_id, merchant_id, gateway, method_type: methodType, capture_method } = payment
	const request = planCharge(
		payment,
		{ gateway, methodType, isHeld: capture_method === 'manual' },
		deps.wayBack,
	)
	if (!request) throw new Error(`${payment_id} was approved and has nothing to charge`)
	await insertAttempts(tx, [
		{ id: request.attemptId, merchant_id, payment_id, provider: gateway, request, route: null },
	])
	await deps.enqueue(tx, processPayment, [{ paymentId: payment_id as PaymentId }])
}

/** Step: an operation on a payment whose money nobody holds. No gateway is asked: it ends at once, or is charged now. */
export async function operateUncharged(
	tx: Tx,
	deps: Deps,
	{ payment, actor, asked }: { payment: PaymentRow; actor: Cause; asked: Asked },
): Promise<PaymentRow> {
	if (asked.amountMinor !== null) {
		const message = 'No money is held for this payment: approve it, and the whole amount is charged.'
		throw new DomainError('invalid', 'parameter_invalid', message, { param: 'amount_to_capture' })
	}
	const move = advance(payment.status, TRIGGER[asked.operation])
	if (!move.ok) throw new Error(`${payment.id} is ${payment.status} and holds no money`)
	const isCharged = asked.operation === 'capture'
	const [row = payment] = await patchPayments(
		tx,
		[payment],
		[
			{
				id: payment.id,
				status: move.state,
				cause_kind: actor.kind,
				cause_ref: actor.ref,
				next_check_at: isCharged ? new Date(deps.clock.now().getTime() + FIRST_LOOK_MS) : null,
			},
		],
	)
	if (isCharged) await charge(tx, deps, row)
	await insertEvents(tx, [paymentEvent(row)])
	return row
}
