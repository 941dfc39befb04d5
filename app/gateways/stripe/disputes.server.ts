import Stripe from 'stripe'
import type { DisputeAnswer, DisputeGateway } from '../../domain/disputes/ports.ts'
import { assertNoOpenTransaction } from '../../telemetry/open-transaction.server.ts'
import { readDispute } from './read-dispute.server.ts'
import { isMissing } from './read-error.server.ts'

const MOST_LISTED = 2_000

async function answer(call: () => Promise<Stripe.Dispute>): Promise<DisputeAnswer> {
	assertNoOpenTransaction('calling Stripe')
	try {
		return { kind: 'taken', dispute: readDispute(await call()) }
	} catch (error) {
		// 401, 403 and 429 come as other classes: they say nothing about the answer itself.
		const isRefusal =
			error instanceof Stripe.errors.StripeInvalidRequestError && error.type === 'StripeInvalidRequestError'
		if (isRefusal) return { kind: 'refused', reason: error.message }
		return { kind: 'unknown', reason: error instanceof Error ? error.message : 'unreadable answer' }
	}
}

/** Disputes through Stripe, or through anything that speaks its wire format. */
export function createStripeDisputeGateway(stripe: Stripe): DisputeGateway {
	return {
		async findDispute(ref) {
			assertNoOpenTransaction('calling Stripe')
			try {
				return readDispute(await stripe.disputes.retrieve(ref, { expand: ['payment_intent'] }))
			} catch (error) {
				if (isMissing(error)) return null
				throw error
			}
		},
		async listRefsSince(since) {
			assertNoOpenTransaction('calling Stripe')
			const created = { gte: Math.floor(since.getTime() / 1000) }
			const found: string[] = []
			for await (const dispute of stripe.disputes.list({ created, limit: 100 })) {
				found.push(dispute.id)
				if (found.length >= MOST_LISTED) break
			}
			return found
		},
		submitEvidence: ({ key, ref, evidence }) =>
			answer(() => stripe.disputes.update(ref, { evidence, submit: true }, { idempotencyKey: key })),
		accept: ({ key, ref }) => answer(() => stripe.disputes.close(ref, {}, { idempotencyKey: key })),
	}
}
