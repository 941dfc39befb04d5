import type Stripe from 'stripe'
import type { MethodFacts, PaymentGateway, GatewayOutcome } from '../../domain/payments/ports.ts'
import { assertNoOpenTransaction } from '../../telemetry/open-transaction.server.ts'
import { isMissing, readChargeError } from './read-error.server.ts'
import { EXPAND, intentParams, isConfirmationToken } from './intent-params.server.ts'
import { readIntent } from './read-intent.server.ts'
import { readMethod } from './read-method.server.ts'
import { cancelRefund, createRefund, findRefund, findRefundOf } from './refunds.server.ts'
import { toWire } from './wire-amount.server.ts'

/** Our clock and the gateway's may differ by this much when its list is searched by time. */
const CLOCK_SLACK_SECONDS = 120
const MOST_LISTED = 2_000

/** Payments through Stripe, or through anything that speaks its wire format. */
export function createStripePayments(stripe: Stripe): PaymentGateway {
	const ask = async (call: () => Promise<Stripe.PaymentIntent>): Promise<GatewayOutcome> => {
		assertNoOpenTransaction('calling Stripe')
		try {
			return readIntent(await call())
		} catch (error) {
			return readChargeError(error)
		}
	}
	const retrieve = (ref: string) => stripe.paymentIntents.retrieve(ref, { expand: EXPAND })

	async function describeMethod(method: string): Promise<MethodFacts | null> {
		assertNoOpenTransaction('calling Stripe')
		try {
			if (isConfirmationToken(method)) {
				const token = await stripe.confirmationTokens.retrieve(method)
				return (
					token.payment_method_preview && readMethod(token.payment_method_preview as Stripe.PaymentMethod)
				)
			}
			return readMethod(await stripe.paymentMethods.retrieve(method))
		} catch (error) {
			if (isMissing(error)) return null
			throw error
		}
	}

	async function findOutcome(attempt: { attemptId: string; ref: string | null; startedAt: Date }) {
		assertNoOpenTransaction('calling Stripe')
		if (attempt.ref) return readIntent(await retrieve(attempt.ref))
		const from = Math.floor(attempt.startedAt.getTime() / 1000) - CLOCK_SLACK_SECONDS
		let seen = 0
		for await (const intent of stripe.paymentIntents.list({ created: { gte: from }, limit: 100 })) {
			if (intent.metadata['attempt_id'] === attempt.attemptId) return readIntent(await retrieve(intent.id))
			if (++seen >= MOST_LISTED) break
		}
		return null
	}

	return {
		name: 'stripe',
		describeMethod,
		findOutcome,
		charge: (request) =>
			ask(() => stripe.paymentIntents.create(intentParams(request), { idempotencyKey: request.attemptId })),
		complete: (_request, { ref }) => ask(() => retrieve(ref)),
		capture: ({ attemptId, ref, amountMinor, currency }) =>
			ask(() =>
				stripe.paymentIntents.capture(
					ref,
					{ amount_to_capture: toWire(amountMinor, currency), expand: EXPAND },
					{ idempotencyKey: `${attemptId}:capture` },
				),
			),
		cancel: ({ attemptId, ref }) =>
			ask(() => stripe.paymentIntents.cancel(ref, {}, { idempotencyKey: `${attemptId}:cancel` })),
		refund: (request) => createRefund(stripe, request),
		findRefund: (ref) => findRefund(stripe, ref),
		findRefundOf: (request) => findRefundOf(stripe, request),
		cancelRefund: (input) => cancelRefund(stripe, input),
		browserSecret: async (ref) => (await retrieve(ref)).client_secret,
	}
}
