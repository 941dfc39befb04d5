import type { Kysely } from 'kysely'
import { findPaymentForJob } from '#db/queries/payments.ts'
import { toPayment } from '#db/queries/payment-snapshot.ts'
import { findKey, finishKey } from '#db/queries/idempotency.ts'
import type { DB } from '#db/schema.ts'
import type { CreatePayment } from '../../contracts/payment-requests.ts'
import type { KeptPayment } from '../../contracts/payments.ts'
import type { BatchLane } from '../batch-lane.server.ts'
import type { Gateways } from '../../domain/gateways/ports.ts'
import type { MethodType } from '../../domain/methods/method-terms.ts'
import type { Cause } from '../../domain/payments/cause.ts'
import {
	answerOfOther,
	answerOrFailure,
	opened,
	type Answer,
	type IdempotentRequest,
	type Once,
} from '../idempotency/answer-once.server.ts'
import { fallbackMethodsOf } from '../routing/fallback-methods.server.ts'
import { CREATED, type Acceptance, type Accepted } from './accept-payments.server.ts'
import { requireConnected, requireOffered } from '../methods/require-offered.server.ts'
import type { Payers } from '../../vault/payers.server.ts'

export type CreatePaymentDeps = {
	db: Kysely<DB>
	clock: { now(): Date }
	gateways: Gateways
	livemode: boolean
	acceptLane: BatchLane<Acceptance, Accepted>
	countryOf: (ip: string) => string | null
	payers: Payers
	/** Resolves with the payment once it rests, or as it is when the time is up. */
	waitForRest: (merchantId: string, paymentId: string, seconds: number) => Promise<KeptPayment | null>
}

export type CreatePaymentInput = {
	merchantId: string
	cause: Cause
	body: CreatePayment
	idempotency: IdempotentRequest | null
	/** Seconds the caller is willing to wait for a resting state; 0 answers at once. */
	waitSeconds: number
	failed: NonNullable<Once['failed']>
}

/** Takes a payment: one commit, then the answer. The charge itself happens in a job. */
export async function createPayment(deps: CreatePaymentDeps, input: CreatePaymentInput): Promise<Answer> {
	const { body, idempotency, waitSeconds, merchantId, cause } = input
	const ofOther = (request: IdempotentRequest) =>
		answerOfOther(deps, request, async (resourceId) => {
			const present = await findPaymentForJob(deps.db, resourceId)
			return { status: CREATED, body: JSON.stringify(present && toPayment(present)) }
		})
	const method = body.payment_method ?? null
	const clientCountry = body.client_ip ? deps.countryOf(body.client_ip) : null
	const query = {
		amountMinor: BigInt(body.amount),
		currency: body.currency,
		country: clientCountry,
		capture: body.capture_method,
	}
	let methodType: MethodType | null = null
	try {
		requireConnected(deps)
		if (body.confirm && method !== null)
			methodType = await requireOffered(deps.db, deps, { merchantId, query, method })
	} catch (error) {
		// What was taken before the merchant changed their mind is answered as it was then.
		if (idempotency && (await findKey(deps.db, idempotency))) return ofOther(idempotency)
		throw error
	}
	const gateway = deps.gateways.forMethod(method).name
	const payer = await deps.payers.name({
		merchantId,
		email: body.receipt_email ?? null,
		ip: body.client_ip ?? null,
	})
	const waits = waitSeconds > 0 && body.confirm
	const { won, payment } = await deps.acceptLane.push({
		key: idempotency && { ...idempotency, answersAtOnce: !waits },
		payer,
		draft: {
			merchant_id: merchantId,
			status: body.confirm ? 'screening' : 'requires_payment_method',
			amount_minor: query.amountMinor,
			currency: body.currency,
			capture_method: body.capture_method,
			description: body.description ?? null,
			metadata: body.metadata,
			checkout_session_id: null,
			fx_quote_id: null,
			gateway,
			payment_method: method,
			method_type: methodType,
			fallback_methods: fallbackMethodsOf(deps.gateways, {
				given: body.fallback_payment_methods,
				own: gateway,
				param: 'fallback_payment_methods',
			}),
			payer_present: false,
			livemode: deps.livemode,
			client_country: clientCountry,
			cause_kind: cause.kind,
			cause_ref: cause.ref,
		},
	})

	if (!won && idempotency) return ofOther(idempotency)
	// What was just sealed need not be opened to be told.
	const told = { ...payment, receipt_email: payer.email }
	if (!waits) return { status: CREATED, body: JSON.stringify(told), replayed: false }
	const rested = async () => {
		const present = (await deps.waitForRest(merchantId, payment.id, waitSeconds)) ?? payment
		return { status: CREATED, body: JSON.stringify(present) }
	}
	const answer = await answerOrFailure(rested, { resourceId: payment.id, failed: input.failed })
	const kept = idempotency ? await finishKey(deps.db, idempotency, answer) : answer
	return opened(deps, { ...kept, replayed: false })
}
