import type { ApiResponse, Order } from '@paypal/paypal-server-sdk'
import type { GatewayState } from '../../domain/gateways/ports.ts'
import type {
	ChargeRequest,
	GatewayOutcome,
	MethodFacts,
	PaymentGateway,
} from '../../domain/payments/ports.ts'
import { assertNoOpenTransaction } from '../../telemetry/open-transaction.server.ts'
import type { PayPalClient } from './client.server.ts'
import { declineMessage } from './decline-message.ts'
import { isCardToken, orderRequest } from './order-request.server.ts'
import {
	isMissing,
	isRefusal,
	pointsAtTheOrder,
	problemOf,
	readFailure,
	reasonOf,
} from './read-error.server.ts'
import { openHoldOf, readCapture, readOrder } from './read-order.server.ts'
import { createRefund, findRefund, findRefundOf } from './refunds.server.ts'
import { searchByAttempt } from './search-transactions.server.ts'
import { refusalOf, toWire } from './wire-amount.server.ts'

export const PAYPAL = 'paypal'
const WHOLE_ANSWER = 'return=representation'

const FACTS: Omit<MethodFacts, 'type'> = {
	brand: null,
	last4: null,
	expMonth: null,
	expYear: null,
	country: null,
	fingerprint: null,
}

const declined = (
	ref: string | null,
	code: string,
	message = declineMessage(code, null),
): GatewayOutcome => ({
	kind: 'declined',
	ref,
	code,
	declineCode: null,
	message,
})

/** What PayPal is not even asked for, because the answer is known. */
function refusedBeforehand(request: ChargeRequest, state: GatewayState): GatewayOutcome | null {
	if (state === 'missing_key') {
		return declined(null, 'gateway_off', 'PayPal is not set up here. Nothing was charged. Pay another way.')
	}
	const refusal = refusalOf({ minor: request.amountMinor, currency: request.currency })
	if (refusal !== null) return declined(null, 'amount_not_supported', `${refusal} Nothing was charged.`)
	if (isCardToken(request.method)) return null
	if (request.method !== PAYPAL) {
		return declined(null, 'method_unknown', 'PayPal does not know this way of paying. Nothing was charged.')
	}
	return request.payerPresent ? null : declined(null, 'payer_required')
}

/** PayPal accounts and cards through PayPal, or through anything that speaks its wire format. */
export function createPayPalPayments(
	{ orders, payments, transactions }: PayPalClient,
	{ brandName, state }: { brandName: string | null; state: GatewayState },
): PaymentGateway {
	const retrieve = async (id: string): Promise<Order> => (await orders.getOrder({ id })).result

	/** The answer to a call about an order; where PayPal only says that it cannot, the order itself is looked at. */
	async function ask(ref: string | null, call: () => Promise<ApiResponse<Order>>): Promise<GatewayOutcome> {
		assertNoOpenTransaction('calling PayPal')
		try {
			return readOrder((await call()).result)
		} catch (error) {
			const outcome = readFailure(error, ref)
			const problem = problemOf(error)
			return ref !== null && problem !== null && pointsAtTheOrder(problem) ? lookAt(ref, outcome) : outcome
		}
	}

	async function lookAt(ref: string, otherwise: GatewayOutcome): Promise<GatewayOutcome> {
		try {
			return readOrder(await retrieve(ref))
		} catch {
			return otherwise
		}
	}

	async function complete(
		{ attemptId, capture }: ChargeRequest,
		{ ref, approval }: { ref: string; approval: number },
	): Promise<GatewayOutcome> {
		const call = { id: ref, paypalRequestId: `${attemptId}:complete:${approval}`, prefer: WHOLE_ANSWER }
		return ask(ref, () => (capture === 'automatic' ? orders.captureOrder(call) : orders.authorizeOrder(call)))
	}

	/**
	 * Without the order's name the account is searched for our mark. Finding nothing is answered with null, and the
	 * same create may follow under the same key: that cannot charge twice. An order takes no money by itself; only
	 * a card token's does, and then PayPal remembers the key for 6 hours, shows the charge in its search after 3, and
	 * takes each token once.
	 */
	async function findOutcome(attempt: { attemptId: string; ref: string | null; startedAt: Date }) {
		assertNoOpenTransaction('calling PayPal')
		if (attempt.ref !== null) {
			try {
				return readOrder(await retrieve(attempt.ref))
			} catch (error) {
				if (!isMissing(error)) throw error
			}
		}
		const found = await searchByAttempt({ payments, transactions }, attempt)
		if (found !== null) return readOrder(await retrieve(found))
		if (attempt.ref === null) return null
		return { kind: 'unknown' as const, ref: attempt.ref, reason: 'PayPal no longer has this order' }
	}

	async function capture(input: {
		attemptId: string
		ref: string
		amountMinor: bigint
		currency: string
	}): Promise<GatewayOutcome> {
		assertNoOpenTransaction('calling PayPal')
		const { attemptId, ref } = input
		const money = { minor: input.amountMinor, currency: input.currency }
		const refusal = refusalOf(money)
		if (refusal !== null) return declined(ref, 'amount_not_supported', `${refusal} Nothing was charged.`)
		try {
			const order = await retrieve(ref)
			const hold = openHoldOf(order)
			if (hold?.id === undefined) return readOrder(order)
			const { result } = await payments.captureAuthorizedPayment({
				authorizationId: hold.id,
				paypalRequestId: `${attemptId}:capture`,
				prefer: WHOLE_ANSWER,
				body: { amount: toWire(money), finalCapture: true },
			})
			return readCapture(ref, result)
		} catch (error) {
			return readFailure(error, ref)
		}
	}

	async function giveUpHold(ref: string, authorizationId: string, paypalRequestId: string) {
		try {
			await payments.voidPayment({ authorizationId, paypalRequestId })
			return { kind: 'canceled' as const, ref }
		} catch (error) {
			const problem = problemOf(error)
			if (problem === null || !isRefusal(problem)) {
				return { kind: 'unknown' as const, ref, reason: reasonOf(error) }
			}
			const said = problem.description ?? problem.issue
			return declined(ref, problem.issue, `PayPal did not give up the hold: ${said}`)
		}
	}

	/** Only we can complete an order, so one that holds no money is over as soon as we say so. */
	async function cancel({ attemptId, ref }: { attemptId: string; ref: string }): Promise<GatewayOutcome> {
		assertNoOpenTransaction('calling PayPal')
		try {
			const order = await retrieve(ref)
			const hold = openHoldOf(order)
			if (hold?.id !== undefined) return await giveUpHold(ref, hold.id, `${attemptId}:void`)
			const outcome = readOrder(order)
			const isOpen = outcome.kind === 'approved' || outcome.kind === 'action_needed'
			return isOpen ? { kind: 'canceled', ref } : outcome
		} catch (error) {
			return isMissing(error) ? { kind: 'canceled', ref } : { kind: 'unknown', ref, reason: reasonOf(error) }
		}
	}

	return {
		name: PAYPAL,
		complete,
		findOutcome,
		capture,
		cancel,
		describeMethod: async (method) => {
			if (isCardToken(method)) return { type: 'card', ...FACTS }
			return method === PAYPAL ? { type: 'paypal', ...FACTS } : null
		},
		charge: async (request) =>
			refusedBeforehand(request, state) ??
			ask(null, () =>
				orders.createOrder({
					body: orderRequest(request, brandName),
					paypalRequestId: request.attemptId,
					prefer: WHOLE_ANSWER,
				}),
			),
		refund: (request) => createRefund({ orders, payments }, request),
		findRefund: (ref) => findRefund({ payments }, ref),
		findRefundOf: (request) => findRefundOf({ orders }, request),
		cancelRefund: async () => ({
			kind: 'failed',
			ref: null,
			reason: 'PayPal cannot take back a refund it has been told to make.',
		}),
		browserSecret: async () => null,
	}
}
