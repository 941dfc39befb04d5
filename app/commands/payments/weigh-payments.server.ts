import type { Tx } from '#db/client.ts'
import type { PaymentRow } from '#db/queries/payment-snapshot.ts'
import type { FeatureSubject } from '#db/queries/fraud-features.ts'
import type { VelocityRow } from '#db/queries/velocity.ts'
import { usdCents } from '../../domain/fraud/reference-rates.ts'
import {
	screenPayment,
	type ScreeningFacts,
	type ScreeningResult,
} from '../../domain/fraud/screen-payment.ts'
import { USUAL_THRESHOLDS } from '../../domain/fraud/thresholds.ts'
import { withModel } from '../../domain/fraud/with-model.ts'
import type { RateTable } from '../../domain/fx/rate-table.ts'
import type { Gateways } from '../../domain/gateways/ports.ts'
import type { MethodSetting } from '../../domain/methods/method-settings.ts'
import type { MethodType } from '../../domain/methods/method-terms.ts'
import type { MethodFacts } from '../../domain/payments/ports.ts'
import type { FraudMemory } from '../fraud/fraud-memory.server.ts'
import type { Screened } from '../fraud/keep-decisions.server.ts'
import { lookBack, type Outlook } from '../fraud/look-back.server.ts'
import { readPast } from './card-tries.server.ts'
import { createTryJudge } from './judge-tries.server.ts'
import { BLOCKED, type Decision } from './screening-decision.ts'

type Deps = {
	gateways: Gateways
	/** Off for load tools. */
	cardTestingLimits: boolean
	fraud: FraudMemory
}

/** When, and at what rates, amounts are weighed. */
type Moment = { now: Date; rates: RateTable }

/** A payment with what its gateway says of its method, as far as it could say. */
export type Described = { payment: PaymentRow; method: MethodFacts | null }

export type Weighed = Described & {
	methodType: MethodType | null
	decision: Decision
	/** Of a try with a payer behind it: those are counted by card. */
	countedCard: string | null
	/** What its merchant decided about methods. */
	settings: readonly MethodSetting[]
	/** What the decision was made on; null when the payment was not weighed at all. */
	screened: Screened | null
}

function factsOf(
	{ payment, method }: Described,
	past: VelocityRow | undefined,
	rates: RateTable,
): ScreeningFacts {
	return {
		usdCents: usdCents({ minor: payment.amount_minor, currency: payment.currency }, rates),
		cardLastHour: past?.card_last_hour ?? 0,
		emailLastHour: past?.email_last_hour ?? 0,
		ipLastHour: past?.ip_last_hour ?? 0,
		cardDeclinesLastDay: past?.card_declines_last_day ?? 0,
		cardsPerIpLastHour: past?.cards_per_ip_last_hour ?? 0,
		cardCountry: method?.country ?? null,
		ipCountry: payment.client_country,
		blocked: past?.blocked ?? [],
	}
}

function subjectOf(
	{ payment, method }: Described,
	past: VelocityRow | undefined,
	{ now, rates }: Moment,
): FeatureSubject {
	return {
		id: payment.id,
		merchant_id: payment.merchant_id,
		at: now,
		payer: method?.fingerprint ?? null,
		worth_cents: usdCents({ minor: payment.amount_minor, currency: payment.currency }, rates),
		card_country: method?.country ?? null,
		payer_country: payment.client_country,
		card_last_hour: method?.fingerprint ? (past?.card_last_hour ?? null) : null,
		email_last_hour: payment.payer_id ? (past?.email_last_hour ?? null) : null,
		ip_last_hour: payment.ip_hash ? (past?.ip_last_hour ?? null) : null,
		cards_per_ip_last_hour: payment.ip_hash ? (past?.cards_per_ip_last_hour ?? null) : null,
		card_declines_last_day: method?.fingerprint ? (past?.card_declines_last_day ?? null) : null,
	}
}

/** By the rules, and by the model in charge. */
function scoreOf(facts: ScreeningFacts, outlook: Outlook | undefined): ScreeningResult {
	const { opinion = null, thresholds = USUAL_THRESHOLDS } = outlook ?? {}
	return withModel(screenPayment(facts), opinion, thresholds)
}

/** Whether the money can be held while a person decides; then it is, and otherwise the charge waits for the person. */
function canHold({ gateways }: Deps, payment: PaymentRow, type: MethodType | null): boolean {
	const terms = gateways.of(payment.gateway).methods.find((method) => method.type === type)
	return terms?.canHold ?? true
}

function decide(deps: Deps, described: Described, type: MethodType | null, score: ScreeningResult): Decision {
	if (score.decision === 'block') return { kind: 'blocked', score, error: BLOCKED }
	const isDoubtful = score.decision === 'review'
	if (isDoubtful && !canHold(deps, described.payment, type)) return { kind: 'waits', score }
	return { kind: 'goes', score, isHeld: isDoubtful || described.payment.capture_method === 'manual' }
}

/** Step: what becomes of each payment before anything is charged, one after the other. */
export async function weighPayments(
	tx: Tx,
	deps: Deps,
	items: readonly Described[],
	moment: Moment,
): Promise<Weighed[]> {
	const { now, rates } = moment
	const subjects = items.map(({ payment, method }) => ({
		id: payment.id,
		merchant_id: payment.merchant_id,
		card_fingerprint: method?.fingerprint ?? null,
		payer_id: payment.payer_id,
		ip_hash: payment.ip_hash,
		created_at: now,
		has_payer: deps.cardTestingLimits && (payment.payer_present || payment.ip_hash !== null),
	}))
	const past = await readPast(tx, subjects)
	const payments = items.map(({ payment }) => payment)
	const tries = await createTryJudge(tx, deps, payments, past)
	const looked = items.map((item) => subjectOf(item, past.get(item.payment.id), moment))
	const outlooks = await lookBack(tx, deps, looked)
	return items.map((described, index): Weighed => {
		const { payment, method } = described
		const subject = subjects[index]
		const methodType = method?.type ?? payment.method_type
		const outlook = outlooks.get(payment.id)
		const error = tries.judge(payment, methodType, subject)
		const decision: Decision = error
			? { kind: 'refused', error }
			: decide(deps, described, methodType, scoreOf(factsOf(described, past.get(payment.id), rates), outlook))
		if (decision.kind === 'goes' && payment.payment_method !== null) tries.add(subject)
		const screened =
			decision.kind === 'refused' || !outlook
				? null
				: { subject: looked[index] as FeatureSubject, outlook, score: decision.score }
		return {
			...described,
			methodType,
			decision,
			countedCard: subject?.has_payer ? subject.card_fingerprint : null,
			settings: tries.settingsOf(payment),
			screened,
		}
	})
}
