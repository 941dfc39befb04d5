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
import { cancelOrder, captureHold } from './holds.server.ts'
import { isCardToken, orderRequest } from './order-request.server.ts'
import { declinedWith, isMissing, pointsAtTheOrder, problemOf, readFailure } from './read-error.server.ts'
import { readOrder } from './read-order.server.ts'
import { createRefund, findRefund, findRefundOf } from './refunds.server.ts'
import { searchByAttempt } from './search-transactions.server.ts'
import { refusalOf } from './wire-amount.server.ts'

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

const PAYER_MUST_APPROVE =
	'PayPal asks the payer to approve each payment, and nobody was there to do it. Nothing was charged.'

/** What PayPal is not even asked for, because the answer is known. */
function refusedBeforehand(request: ChargeRequest, state: GatewayState): GatewayOutcome | null {
	if (state === 'missing_key') {
		return declinedWith(
			null,
			'gateway_off',
			'PayPal is not set up here. Nothing was charged. Pay another way.',
		)
	}
	const refusal = refusalOf({ minor: request.amountMinor, currency: request.currency })
	if (refusal !== null) return declinedWith(null, 'amount_not_supported', `${refusal} Nothing was charged.`)
	if (isCardToken(request.method)) return null
	if (request.method !== PAYPAL) {
		return declinedWith(
			null,
			'method_unknown',
			'PayPal does not know this way of paying. Nothing was charged.',
		)
	}
	return request.payerPresent ? null : declinedWith(null, 'payer_required', PAYER_MUST_APPROVE)
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

	return {
		name: PAYPAL,
		complete,
		findOutcome,
		capture: (input) => captureHold({ orders, payments }, input),
		cancel: (input) => cancelOrder({ orders, payments }, input),
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
