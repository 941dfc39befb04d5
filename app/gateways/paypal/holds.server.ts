import type { OrdersController, PaymentsController } from '@paypal/paypal-server-sdk'
import type { GatewayOutcome, PaymentGateway } from '../../domain/payments/ports.ts'
import { assertNoOpenTransaction } from '../../telemetry/open-transaction.server.ts'
import { declinedWith, isMissing, isRefusal, problemOf, readFailure, reasonOf } from './read-error.server.ts'
import { openHoldOf, readCapture, readOrder } from './read-order.server.ts'
import { refusalOf, toWire } from './wire-amount.server.ts'

type Controllers = { orders: OrdersController; payments: PaymentsController }

/** Takes what is held, or a part of it; the rest is let go. Without a hold the order says what became of it. */
export async function captureHold(
	{ orders, payments }: Controllers,
	{ attemptId, ref, amountMinor, currency }: Parameters<PaymentGateway['capture']>[0],
): Promise<GatewayOutcome> {
	assertNoOpenTransaction('calling PayPal')
	const money = { minor: amountMinor, currency }
	const refusal = refusalOf(money)
	if (refusal !== null) return declinedWith(ref, 'amount_not_supported', `${refusal} Nothing was charged.`)
	try {
		const { result: order } = await orders.getOrder({ id: ref })
		const hold = openHoldOf(order)
		if (hold?.id === undefined) return readOrder(order)
		const { result } = await payments.captureAuthorizedPayment({
			authorizationId: hold.id,
			paypalRequestId: `${attemptId}:capture`,
			prefer: 'return=representation',
			body: { amount: toWire(money), finalCapture: true },
		})
		return readCapture(ref, result)
	} catch (error) {
		return readFailure(error, ref)
	}
}

async function giveUp(
	payments: PaymentsController,
	ref: string,
	call: { authorizationId: string; paypalRequestId: string },
): Promise<GatewayOutcome> {
	try {
		await payments.voidPayment(call)
		return { kind: 'canceled', ref }
	} catch (error) {
		const problem = problemOf(error)
		if (problem === null || !isRefusal(problem)) return { kind: 'unknown', ref, reason: reasonOf(error) }
		const said = problem.description ?? problem.issue
		return declinedWith(ref, problem.issue, `PayPal did not give up the hold: ${said}`)
	}
}

/** Only we can complete an order, so one that holds no money is over as soon as we say so. */
export async function cancelOrder(
	{ orders, payments }: Controllers,
	{ attemptId, ref }: Parameters<PaymentGateway['cancel']>[0],
): Promise<GatewayOutcome> {
	assertNoOpenTransaction('calling PayPal')
	try {
		const { result: order } = await orders.getOrder({ id: ref })
		const hold = openHoldOf(order)
		if (hold?.id !== undefined) {
			const call = { authorizationId: hold.id, paypalRequestId: `${attemptId}:void` }
			return await giveUp(payments, ref, call)
		}
		const outcome = readOrder(order)
		const isOpen = outcome.kind === 'approved' || outcome.kind === 'action_needed'
		return isOpen ? { kind: 'canceled', ref } : outcome
	} catch (error) {
		return isMissing(error) ? { kind: 'canceled', ref } : { kind: 'unknown', ref, reason: reasonOf(error) }
	}
}
