import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { insertAttempts, type NewAttempt } from '#db/queries/attempts.ts'
import { insertEvents } from '#db/queries/events.ts'
import { lockPayments, patchPayments, type PaymentPatch } from '#db/queries/payments.ts'
import type { DB } from '#db/schema.ts'
import type { RateTable } from '../../domain/fx/rate-table.ts'
import { advance, type PaymentTrigger } from '../../domain/payments/payment-state.ts'
import type { KeptRequest, MethodFacts } from '../../domain/payments/ports.ts'
import { handOver } from '../../domain/routing/hand-over.ts'
import { routePayments, type Routed, type RoutingDeps } from '../routing/route-payments.server.ts'
import type { FraudMemory } from '../fraud/fraud-memory.server.ts'
import { keepDecisions } from '../fraud/keep-decisions.server.ts'
import { refusedTry } from './judge-tries.server.ts'
import { paymentEvent } from './payment-events.server.ts'
import { planCharge, type WayBack } from './plan-charge.server.ts'
import type { Decision } from './screening-decision.ts'
import { weighPayments, type Weighed } from './weigh-payments.server.ts'

export type Screening = { paymentId: string; method: MethodFacts | null; jobId: string }
/** A call to make, and where. */
export type Charge = { gateway: string; request: KeptRequest }
/** The charge to make next; null when there is none, or the payment is past screening already. */
export type Screened = { charge: Charge | null }

type Deps = RoutingDeps & {
	db: Kysely<DB>
	committed: (queues: readonly string[]) => void
	cardTestingLimits: boolean
	/** Kept in memory: no question to the database per payment. */
	rates: { current(): Promise<RateTable> }
	fraud: FraudMemory
	wayBack: WayBack
}

type Planned = Weighed & { routed: Routed; jobId: string }

const TRIGGER: Record<Decision['kind'], PaymentTrigger> = {
	refused: 'allow',
	blocked: 'block',
	waits: 'hold_for_review',
	goes: 'allow',
}

const MINUTE_MS = 60_000
const REVIEW_MS = 7 * 86_400_000

/** When the janitor looks at it; null once it has ended. */
const LOOK_IN_MS: Record<Decision['kind'], number | null> = {
	refused: MINUTE_MS,
	blocked: null,
	waits: REVIEW_MS,
	goes: MINUTE_MS,
}

function patchOf({ payment, method, methodType, decision, routed, jobId }: Planned, now: Date): PaymentPatch {
	const move = advance(payment.status, TRIGGER[decision.kind])
	if (!move.ok) throw new Error(`screening met a ${payment.status} payment`)
	const score = decision.kind === 'refused' ? null : decision.score
	const lookIn = LOOK_IN_MS[decision.kind]
	return {
		id: payment.id,
		status: move.state,
		cause_kind: 'job',
		cause_ref: jobId,
		...handOver(payment, routed.gateway),
		method_type: methodType,
		card_brand: method?.brand ?? null,
		card_last4: method?.last4 ?? null,
		card_exp_month: method?.expMonth ?? null,
		card_exp_year: method?.expYear ?? null,
		card_country: method?.country ?? null,
		card_fingerprint: method?.fingerprint ?? null,
		risk_score: score?.score ?? null,
		risk_decision: score?.decision ?? null,
		risk_reasons: score?.reasons.map((reason) => ({ ...reason })) ?? [],
		error: decision.kind === 'blocked' ? decision.error : null,
		next_check_at: lookIn === null ? null : new Date(now.getTime() + lookIn),
	}
}

function attemptOf({ payment, methodType, decision, routed, countedCard }: Planned, wayBack: WayBack) {
	if (decision.kind !== 'goes') return []
	const { gateway, route } = routed
	const request = planCharge(payment, { gateway, methodType, isHeld: decision.isHeld }, wayBack)
	if (!request) return []
	const { id: payment_id, merchant_id } = payment
	const attempt: NewAttempt = {
		id: request.attemptId,
		merchant_id,
		payment_id,
		provider: gateway,
		request,
		route,
		card_fingerprint: countedCard,
	}
	return [attempt]
}

/** A refused try passes through processing, as a decline does. */
const refusalOf = ({ payment, decision, jobId }: Planned, now: Date): PaymentPatch[] =>
	decision.kind === 'refused' ? [refusedTry(payment, decision.error, jobId, now)] : []

const toRoute = ({ payment, method, methodType, decision, settings }: Weighed) =>
	decision.kind === 'goes'
		? [{ payment, methodType, cardCountry: method?.country ?? null, isHeld: decision.isHeld, settings }]
		: []

/**
 * Weighs payments, chooses the gateway of each that may be charged and opens its attempt: decision, reasons, route,
 * attempt and event in one commit. Safe to run twice: a payment that is no longer in screening is left alone.
 */
export async function screenPayments(deps: Deps, items: readonly Screening[]): Promise<Screened[]> {
	const rates = await deps.rates.current()
	const charges = await inTransaction(deps.db, async (tx) => {
		const now = deps.clock.now()
		const itemOf = new Map(items.map((item) => [item.paymentId, item]))
		const payments = (await lockPayments(tx, [...itemOf.keys()])).filter((row) => row.status === 'screening')
		const described = payments.map((payment) => ({
			payment,
			method: itemOf.get(payment.id)?.method ?? null,
		}))
		const weighed = await weighPayments(tx, deps, described, { now, rates })
		const routes = await routePayments(tx, deps, weighed.flatMap(toRoute))
		const planned = weighed.map((item): Planned => {
			const { id, gateway } = item.payment
			const routed = routes.get(id) ?? { gateway, route: null }
			return { ...item, routed, jobId: itemOf.get(id)?.jobId ?? '' }
		})
		const attempts = planned.flatMap((item) => attemptOf(item, deps.wayBack))
		const passed = await patchPayments(
			tx,
			payments,
			planned.map((item) => patchOf(item, now)),
		)
		const refused = await patchPayments(
			tx,
			passed,
			planned.flatMap((item) => refusalOf(item, now)),
		)
		const ended = new Map(refused.map((row) => [row.id, row]))
		await insertAttempts(tx, attempts)
		await insertEvents(
			tx,
			passed.map((row) => paymentEvent(ended.get(row.id) ?? row)),
		)
		await keepDecisions(
			tx,
			weighed.flatMap(({ screened }) => screened ?? []),
		)
		return new Map(
			attempts.map(({ payment_id, provider, request }) => [payment_id, { gateway: provider, request }]),
		)
	})
	deps.committed([])
	return items.map((item) => ({ charge: charges.get(item.paymentId) ?? null }))
}
