import type { Tx } from '#db/client.ts'
import { insertEvents } from '#db/queries/events.ts'
import { toPayment } from '#db/queries/payment-snapshot.ts'
import { lockPayment, patchPayments } from '#db/queries/payments.ts'
import { processPayment } from '#jobs/catalog/payments.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import type { PaymentId } from '../../contracts/ids.ts'
import type { KeptPayment } from '../../contracts/payments.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import type { Gateways } from '../../domain/gateways/ports.ts'
import { advance } from '../../domain/payments/payment-state.ts'
import { requireOffered } from '../methods/require-offered.server.ts'
import { paymentEvent } from './payment-events.server.ts'
import { paymentNotFound, type OperationInput } from './request-operation.server.ts'

type Deps = { enqueue: Enqueue; clock: { now(): Date }; gateways: Gateways; livemode: boolean }
type Input = Omit<OperationInput, 'grant'> & {
	/** Replaces the method named at creation; one of the two must name it. */
	paymentMethod: string | null
}

const FIRST_LOOK_MS = 60_000

/** Step: sends a payment that was created unconfirmed on its way, in the caller's transaction. */
export async function confirmPayment(tx: Tx, deps: Deps, input: Input): Promise<KeptPayment> {
	const { merchantId, paymentId, actor } = input
	const payment = await lockPayment(tx, { merchantId, id: paymentId })
	if (!payment) throw paymentNotFound(paymentId)
	const move = advance(payment.status, 'confirm')
	if (!move.ok) {
		const message = `A payment that is ${payment.status} cannot be confirmed.`
		throw new DomainError('conflict', 'payment_state_conflict', message)
	}
	const method = input.paymentMethod ?? payment.payment_method
	if (method === null) {
		throw new DomainError('invalid', 'parameter_missing', 'payment_method: this payment has none yet', {
			param: 'payment_method',
		})
	}
	const query = {
		amountMinor: payment.amount_minor,
		currency: payment.currency,
		country: payment.client_country,
		capture: payment.capture_method,
	}
	const type = await requireOffered(tx, deps, { merchantId, query, method })
	const [row = payment] = await patchPayments(
		tx,
		[payment],
		[
			{
				id: paymentId,
				status: move.state,
				cause_kind: actor.kind,
				cause_ref: actor.ref,
				payment_method: method,
				gateway: deps.gateways.forMethod(method).name,
				...(method !== payment.payment_method && { method_type: null, fallback_methods: {} }),
				...(type !== null && { method_type: type }),
				error: null,
				next_check_at: new Date(deps.clock.now().getTime() + FIRST_LOOK_MS),
			},
		],
	)
	await insertEvents(tx, [paymentEvent(row)])
	await deps.enqueue(tx, processPayment, [{ paymentId: paymentId as PaymentId }])
	return toPayment(row)
}
