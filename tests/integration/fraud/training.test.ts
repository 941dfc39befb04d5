import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createFraudMemory } from '#app/commands/fraud/fraud-memory.server.ts'
import { rollBackModel } from '#app/commands/fraud/roll-back-model.server.ts'
import { runTrainer } from '#app/commands/fraud/run-trainer.server.ts'
import { trainNextModel, type Trained } from '#app/commands/fraud/train-next-model.server.ts'
import { createLogger } from '#app/telemetry/logger.server.ts'
import { inTransaction } from '#db/client.ts'
import { FEATURE_SET } from '#db/features/feature-set.ts'
import { insertDecisions, type NewFraudDecision } from '#db/queries/fraud-decisions.ts'
import { findModel, liveModel, listModels } from '#db/queries/fraud-models.ts'
import { momentOf, paymentIdOf, type FilePayment } from '#tests/bench/fraud/payments-file.ts'
import { createReplay } from '#tests/bench/fraud/replay.ts'
import { madePayments } from '#tests/support/made-payments.ts'
import { openPast, type Past } from './past.ts'

const DAY = 86_400
const DAYS = 50
const NOW = momentOf(DAYS * DAY)
const MADE = madePayments({ days: DAYS, cards: 70, merchants: 15, seed: 8 })
const YOUNG = MADE.filter(({ t }) => t > (DAYS - 7) * DAY)

const opened: Past[] = []
afterAll(async () => {
	for (const each of opened) await each.close()
})

const decisionOf = (payment: FilePayment, vector: Float32Array): NewFraudDecision => ({
	merchant_id: payment.merchant,
	payment_id: paymentIdOf(payment),
	at: momentOf(payment.t),
	feature_set: FEATURE_SET,
	vector: [...vector],
	facts: {},
	model_id: null,
	log_odds: null,
	score: 0,
	decision: 'allow',
	reasons: [],
})

async function pastOf(payments: readonly FilePayment[]): Promise<Past> {
	const past = await openPast()
	opened.push(past)
	const decisions: NewFraudDecision[] = []
	await createReplay(past.db, payments).playTo(DAYS * DAY, (payment, vector) => {
		decisions.push(decisionOf(payment, vector))
	})
	await inTransaction(past.db, (tx) => insertDecisions(tx, decisions))
	return past
}

const fraud = createFraudMemory(false)
const depsOf = ({ db }: Past) => ({
	db,
	fraud,
	livemode: false,
	clock: { now: () => NOW },
	logger: createLogger({ level: 'fatal' }),
})
const train = (past: Past, seed = 1): Promise<Trained> =>
	trainNextModel(depsOf(past), { seed, by: 'job:test' })

function modelOf(trained: Trained) {
	if (trained.kind === 'too_few') throw new Error(`only ${trained.frauds} frauds of ${trained.examples}`)
	return trained.model
}

let past: Past
let first: Trained
beforeAll(async () => {
	past = await pastOf(MADE)
	first = await train(past)
}, 120_000)

test('a model is trained in a thread of its own, judged on later payments, and takes over', async () => {
	const model = modelOf(first)
	expect(model).toMatchObject({ kind: 'trees', status: 'live', feature_set: FEATURE_SET, promoted_by: null })
	const metrics = model.metrics as { auc: number; ap: number; frauds: number; payments: number }
	expect(metrics.frauds).toBeGreaterThan(0)
	expect(metrics.ap).toBeGreaterThan((2 * metrics.frauds) / metrics.payments)
	expect(model.trained_to.getTime()).toBe(NOW.getTime() - 14 * DAY * 1_000)
	expect((await liveModel(past.db, false))?.id).toBe(model.id)
	const live = await fraud.model(past.db)
	expect(live?.cuts).toHaveLength(99)
})

describe('one model for one past', () => {
	test('the same past and seed give the same model, byte by byte', async () => {
		expect(modelOf(await train(past)).hash).toBe(modelOf(first).hash)
		expect(modelOf(await train(past, 2)).hash).not.toBe(modelOf(first).hash)
	}, 60_000)

	test('outcomes younger than seven days change nothing in it', async () => {
		expect(YOUNG.some((payment) => payment.fraud === 1)).toBe(true)
		const flipped = MADE.map((p) =>
			YOUNG.includes(p) ? { ...p, fraud: p.fraud === 1 ? (0 as const) : (1 as const) } : p,
		)
		expect(modelOf(await train(await pastOf(flipped))).hash).toBe(modelOf(first).hash)
	}, 120_000)

	test('an outcome that was known in time changes it', async () => {
		const old = (DAYS - 20) * DAY
		const flipped = MADE.map((p) => (p.t > old && p.t < old + DAY ? { ...p, fraud: 1 as const } : p))
		expect(modelOf(await train(await pastOf(flipped))).hash).not.toBe(modelOf(first).hash)
	}, 120_000)
})

describe('what goes wrong leaves the model in charge where it is', () => {
	test('a thread that dies in mid-training', async () => {
		const before = await liveModel(past.db, false)
		const kept = (await listModels(past.db)).length
		const dies: typeof runTrainer = (task) => runTrainer({ ...task, values: new Float32Array([Number.NaN]) })
		const training = trainNextModel(depsOf(past), { seed: 1, by: 'job:test', train: dies })
		await expect(training).rejects.toThrow()
		expect(await liveModel(past.db, false)).toEqual(before)
		expect(await listModels(past.db)).toHaveLength(kept)
	})

	test('a model that is worse is kept, and does not take over', async () => {
		const before = await liveModel(past.db, false)
		const blind: typeof runTrainer = (task, onProgress) =>
			runTrainer({ ...task, labels: task.labels.map((label) => 1 - label) }, onProgress)
		const trained = await trainNextModel(depsOf(past), { seed: 1, by: 'job:test', train: blind })
		expect(trained.kind).toBe('not_better')
		expect(await findModel(past.db, modelOf(trained).version)).toMatchObject({ status: 'not_better' })
		expect((await liveModel(past.db, false))?.id).toBe(before?.id)
	}, 60_000)

	test('a past without frauds', async () => {
		const quiet = await pastOf(MADE.slice(0, 400).map((payment) => ({ ...payment, fraud: 0 as const })))
		expect(await train(quiet)).toMatchObject({ kind: 'too_few', frauds: 0 })
		expect(await liveModel(quiet.db, false)).toBeUndefined()
	}, 60_000)
})

test('a kept model can be put back in charge', async () => {
	const { version, id } = modelOf(first)
	const back = await rollBackModel(depsOf(past), { version, by: 'console:usr_one' })
	expect(back.id).toBe(id)
	expect(await liveModel(past.db, false)).toMatchObject({ id, promoted_by: 'console:usr_one' })
	await expect(rollBackModel(depsOf(past), { version: 9_999, by: 'console:usr_one' })).rejects.toThrow(
		'There is no model 9999.',
	)
})
