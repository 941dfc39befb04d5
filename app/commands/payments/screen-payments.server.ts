import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { insertAttempts, type NewAttempt } from '#db/queries/attempts.ts'
import { insertEvents } from '#db/queries/events.ts'
import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import { lockPayments, patchPayments, type PaymentPatch } from '#db/queries/payments.ts'
import type { VelocityRow } from '#db/queries/velocity.ts'
import type { DB } from '#db/schema.ts'
import { roughUsdCents } from '../../domain/fraud/reference-rates.ts'
import {
	screenPayment,
	type ScreeningFacts,
	type ScreeningResult,
} from '../../domain/fraud/screen-payment.ts'
import { newId } from '../../domain/ids/new-id.ts'
import { advance } from '../../domain/payments/payment-state.ts'
import type { MethodFacts, ChargeRequest } from '../../domain/payments/ports.ts'
import { handOver } from '../../domain/routing/hand-over.ts'
import { routePayments, type Routed, type RoutingDeps } from '../routing/route-payments.server.ts'
import { readPast } from './card-tries.server.ts'
import { createTryJudge, refusedTry } from './judge-tries.server.ts'
import { paymentEvent } from './payment-events.server.ts'

export type Screening = { paymentId: string; method: MethodFacts | null; jobId: string }
/** A call to make, and where. */
export type Charge = { gateway: string; request: ChargeRequest }
/** The charge to make next; null when the payment was blocked, or is past screening already. */
export type Screened = { charge: Charge | null }

type Deps = RoutingDeps & {
	db: Kysely<DB>
	committed: (queues: readonly string[]) => void
	/** Off for load tools. */
	cardTestingLimits: boolean
	/** Where a challenge or approval that leaves our pages leads back to. */
	wayBack: (payment: PaymentRow) => { returnUrl: string; cancelUrl: string }
}

const UNKNOWN: Omit<MethodFacts, 'type'> & { type: null } = {
	type: null,
	brand: null,
	last4: null,
	expMonth: null,
	expYear: null,
	country: null,
	fingerprint: null,
}

const BLOCKED = {
	type: 'blocked',
	code: 'blocked',
	decline_code: null,
	message: 'This payment was not accepted. Nothing was charged.',
	advice: 'stop',
}

type KnownMethod = MethodFacts | typeof UNKNOWN

/** Of a try that is refused before anybody weighs it. */
const UNSCORED = { score: null, decision: null, reasons: [] } as const

type Scored = ScreeningResult | typeof UNSCORED
type Checked = { result: Scored; routed: Routed }

function factsOf(
	payment: PaymentRow,
	method: KnownMethod,
	velocity: VelocityRow | undefined,
): ScreeningFacts {
	return {
		usdCents: roughUsdCents({ minor: payment.amount_minor, currency: payment.currency }),
		cardLastHour: velocity?.card_last_hour ?? 0,
		emailLastHour: velocity?.email_last_hour ?? 0,
		ipLastHour: velocity?.ip_last_hour ?? 0,
		cardDeclinesLastDay: velocity?.card_declines_last_day ?? 0,
		cardsPerIpLastHour: velocity?.cards_per_ip_last_hour ?? 0,
		cardCountry: method.country,
		ipCountry: payment.client_country,
		blocked: velocity?.blocked ?? [],
	}
}

function patchOf(
	payment: PaymentRow,
	method: KnownMethod,
	{ result, routed }: Checked,
	jobId: string,
	now: Date,
): PaymentPatch {
	const move = advance(payment.status, result.decision === 'block' ? 'block' : 'allow')
	if (!move.ok) throw new Error(`screening met a ${payment.status} payment`)
	return {
		id: payment.id,
		status: move.state,
		cause_kind: 'job',
		cause_ref: jobId,
		...handOver(payment, routed.gateway),
		method_type: method.type ?? payment.method_type,
		card_brand: method.brand,
		card_last4: method.last4,
		card_exp_month: method.expMonth,
		card_exp_year: method.expYear,
		card_country: method.country,
		card_fingerprint: method.fingerprint,
		risk_score: result.score,
		risk_decision: result.decision,
		risk_reasons: result.reasons.map((reason) => ({ ...reason })),
		error: result.decision === 'block' ? BLOCKED : null,
		next_check_at: result.decision === 'block' ? null : new Date(now.getTime() + 60_000),
	}
}

/** A payment under review is authorized only: the money is held until a person decides. */
function chargeOf(
	payment: PaymentRow,
	method: KnownMethod,
	{ result, routed }: Checked,
	wayBack: Deps['wayBack'],
): ChargeRequest | null {
	const handed = { ...payment, ...handOver(payment, routed.gateway) }
	if (result.decision === null || result.decision === 'block' || handed.payment_method === null) return null
	return {
		attemptId: newId('att'),
		paymentId: payment.id,
		amountMinor: payment.amount_minor,
		currency: payment.currency,
		method: handed.payment_method,
		methodType: method.type ?? payment.method_type,
		capture: result.decision === 'review' ? 'manual' : payment.capture_method,
		description: payment.description,
		receiptEmail: payment.receipt_email,
		payerPresent: payment.payer_present,
		...wayBack(handed),
	}
}

/**
 * Scores payments and opens the attempt of each that may be charged: decision, reasons, attempt and event in one
 * commit. Safe to run twice: a payment that is no longer in screening is left alone.
 */
export async function screenPayments(deps: Deps, items: readonly Screening[]): Promise<Screened[]> {
	const charges = await inTransaction(deps.db, async (tx) => {
		const now = deps.clock.now()
		const ids = [...new Set(items.map((item) => item.paymentId))]
		const payments = (await lockPayments(tx, ids)).filter((row) => row.status === 'screening')
		const itemOf = new Map(items.map((item) => [item.paymentId, item]))
		const subjects = payments.map((row) => ({
			id: row.id,
			merchant_id: row.merchant_id,
			card_fingerprint: itemOf.get(row.id)?.method?.fingerprint ?? null,
			email: row.receipt_email,
			client_ip: row.client_ip,
			created_at: now,
			has_payer: deps.cardTestingLimits && (row.payer_present || row.client_ip !== null),
		}))
		const subjectOf = new Map(subjects.map((subject) => [subject.id, subject]))
		const past = await readPast(tx, subjects)
		const tries = await createTryJudge(tx, deps, payments, past)
		const judged = payments.map((payment) => {
			const item = itemOf.get(payment.id)
			const method = item?.method ?? UNKNOWN
			const subject = subjectOf.get(payment.id)
			const error = tries.judge(payment, method.type ?? payment.method_type, subject)
			const result = error ? UNSCORED : screenPayment(factsOf(payment, method, past.get(payment.id)))
			const isSent =
				result.decision !== null && result.decision !== 'block' && payment.payment_method !== null
			// Counted at once: the next of this batch may be the same card.
			if (isSent) tries.add(subject)
			return { payment, method, subject, error, result, isSent, jobId: item?.jobId ?? '' }
		})
		const routes = await routePayments(
			tx,
			deps,
			judged
				.filter(({ isSent }) => isSent)
				.map(({ payment, method, result }) => ({
					payment,
					methodType: method.type ?? payment.method_type,
					cardCountry: method.country,
					isHeld: result.decision === 'review' || payment.capture_method === 'manual',
					settings: tries.settingsOf(payment),
				})),
		)
		const patches: PaymentPatch[] = []
		const refused: PaymentPatch[] = []
		const attempts: NewAttempt[] = []
		for (const { payment, method, subject, error, result, jobId } of judged) {
			const routed = routes.get(payment.id) ?? { gateway: payment.gateway, route: null }
			patches.push(patchOf(payment, method, { result, routed }, jobId, now))
			if (error) refused.push(refusedTry(payment, error, jobId, now))
			const request = chargeOf(payment, method, { result, routed }, deps.wayBack)
			if (!request) continue
			attempts.push({
				id: request.attemptId,
				merchant_id: payment.merchant_id,
				payment_id: payment.id,
				provider: routed.gateway,
				request,
				route: routed.route,
				card_fingerprint: subject?.has_payer ? subject.card_fingerprint : null,
			})
		}
		const passed = await patchPayments(tx, payments, patches)
		const ended = new Map((await patchPayments(tx, passed, refused)).map((row) => [row.id, row]))
		await insertAttempts(tx, attempts)
		await insertEvents(
			tx,
			passed.map((row) => paymentEvent(ended.get(row.id) ?? row)),
		)
		return new Map(
			attempts.map(({ payment_id, provider, request }) => [payment_id, { gateway: provider, request }]),
		)
	})
	deps.committed([])
	return items.map((item) => ({ charge: charges.get(item.paymentId) ?? null }))
}
