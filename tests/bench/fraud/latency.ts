import { askModel } from '#app/commands/fraud/ask-model.server.ts'
import { screenPayment } from '#app/domain/fraud/screen-payment.ts'
import type { Model } from '#app/domain/fraud/model/model.ts'
import { pointCuts } from '#app/domain/fraud/model/score-points.ts'
import { USUAL_THRESHOLDS } from '#app/domain/fraud/thresholds.ts'
import { withModel } from '#app/domain/fraud/with-model.ts'
import { inTransaction } from '#db/client.ts'
import { FEATURE_SET } from '#db/features/feature-set.ts'
import { insertDecisions } from '#db/queries/fraud-decisions.ts'
import { readFeatures } from '#db/queries/fraud-features.ts'
import { recordScreened } from '#db/queries/screened-payments.ts'
import { percentilesOf, type Percentiles } from '#tests/support/percentiles.ts'
import type { Ground } from './ground.ts'
import { momentOf, type FilePayment } from './payments-file.ts'
import { LABEL_DELAY_S, rowOf, subjectOf } from './replay.ts'

const AGE_HOURS = LABEL_DELAY_S / 3_600
const HOT = { merchant: 'hot', payments: 200_000, days: 30 }

export type Latency = { name: string; goalMs: number; ms: Percentiles }

async function timed(count: number, clients: number, work: (index: number) => Promise<unknown>) {
	const ms: number[] = []
	let next = 0
	const client = async () => {
		for (let index = next++; index < count; index = next++) {
			const begun = performance.now()
			await work(index)
			ms.push(performance.now() - begun)
		}
	}
	await Promise.all(Array.from({ length: clients }, client))
	return percentilesOf(ms)
}

const FACTS = {
	usdCents: 2_000n,
	cardLastHour: 0,
	emailLastHour: 0,
	ipLastHour: 0,
	cardDeclinesLastDay: 0,
	cardsPerIpLastHour: 0,
	cardCountry: 'US',
	ipCountry: 'US',
	blocked: [],
} as const

/** From vector to decision, without a database. */
export function timeScore(model: Model, vector: Float32Array): Latency {
	const live = { id: 'fmd_bench', featureSet: FEATURE_SET, model, cuts: pointCuts([-4, -3, -2, 0, 2]) }
	const ms: number[] = []
	for (let i = 0; i < 20_000; i++) {
		const begun = performance.now()
		withModel(screenPayment(FACTS), askModel(live, vector), USUAL_THRESHOLDS)
		ms.push(performance.now() - begun)
	}
	return { name: 'vector, model, reasons, rules', goalMs: 0.1, ms: percentilesOf(ms.slice(2_000)) }
}

/** As if they came later than everything: 200,000 payments of one merchant within its longest window. */
async function fillHotMerchant({ owner }: Ground, end: number): Promise<void> {
	const until = momentOf(end - LABEL_DELAY_S)
	await owner.query(`set app.merchant_id = '*'`)
	await owner.query(
		`insert into screened_payments (payment_id, merchant_id, at, payer, worth_cents)
		select 'hot_' || n, $1, $2::timestamptz - n * make_interval(secs => $3), 'hot_' || n % 5000, 2000
		from generate_series(1, $4::int) n`,
		[HOT.merchant, until, (HOT.days * 86_400) / HOT.payments, HOT.payments],
	)
	await owner.query(
		`insert into merchant_hours (merchant_id, until, payments)
		select merchant_id, hour_until(at), count(*) from screened_payments where merchant_id = $1 group by 1, 2`,
		[HOT.merchant],
	)
	await owner.query('vacuum analyze screened_payments, merchant_hours')
}

export async function timeFeatures(
	ground: Ground,
	payments: readonly FilePayment[],
	{ model, end, count }: { model: Model; end: number; count: number },
): Promise<Latency[]> {
	const { db } = ground
	const last = payments.slice(-count).map((payment, i) => ({ ...payment, txId: 90_000_000 + i, t: end }))
	const at = (index: number) => last[index % last.length] as FilePayment
	const read = (payment: FilePayment) => readFeatures(db, [subjectOf(payment)], AGE_HOURS)
	const live = { id: 'fmd_bench', featureSet: FEATURE_SET, model, cuts: pointCuts([-4, -3, -2, 0, 2]) }
	const decide = (payment: FilePayment) =>
		inTransaction(db, async (tx) => {
			const subject = subjectOf(payment)
			const vectors = await readFeatures(tx, [subject], AGE_HOURS)
			const vector = vectors.get(subject.id) ?? new Float32Array()
			const opinion = askModel(live, vector)
			const score = withModel(screenPayment(FACTS), opinion, USUAL_THRESHOLDS)
			const kept = { merchant_id: payment.merchant, payment_id: subject.id, at: subject.at, facts: {} }
			const about = {
				feature_set: FEATURE_SET,
				vector: [...vector],
				model_id: null,
				log_odds: opinion.logOdds,
			}
			await insertDecisions(tx, [{ ...kept, ...about, ...score }])
			await recordScreened(tx, [rowOf(payment)])
		})
	// The first questions of a connection are planned anew.
	await timed(200, 8, (index) => read(at(index)))
	const one = await timed(count, 1, (index) => read(at(index)))
	const eight = await timed(count, 8, (index) => read(at(index)))
	const whole = await timed(count, 1, (index) => decide(at(index)))
	const wholeEight = await timed(count, 8, (index) => decide({ ...at(index), txId: 95_000_000 + index }))
	await fillHotMerchant(ground, end)
	const hot = await timed(count, 1, (index) => read({ ...at(index), merchant: HOT.merchant }))
	return [
		{ name: 'features, 1 client', goalMs: 2, ms: one },
		{ name: 'features, 8 clients', goalMs: 10, ms: eight },
		{ name: 'features, merchant with 200,000 payments', goalMs: 10, ms: hot },
		{ name: 'whole decision with its commit, 1 client', goalMs: 15, ms: whole },
		{ name: 'whole decision with its commit, 8 clients', goalMs: 15, ms: wholeEight },
	]
}
