import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { FEATURES, FEATURE_SET } from '#db/features/feature-set.ts'
import { readExamples, type Example } from '#db/queries/fraud-decisions.ts'
import {
	insertModel,
	liveModel,
	lockModels,
	promoteModel,
	type FraudModelRow,
} from '#db/queries/fraud-models.ts'
import type { DB } from '#db/schema.ts'
import type { Logger } from '../../telemetry/logger.server.ts'
import { judgeModel, mayTakeOver } from '../../domain/fraud/model/judge-model.ts'
import type { Model } from '../../domain/fraud/model/model.ts'
import { pointCuts } from '../../domain/fraud/model/score-points.ts'
import { newId } from '../../domain/ids/new-id.ts'
import { examplesOf, judgedBy } from './examples-of.server.ts'
import type { FraudMemory, ModelBody } from './fraud-memory.server.ts'
import { LABEL_AGE_HOURS } from './look-back.server.ts'
import { runTrainer } from './run-trainer.server.ts'

type Deps = {
	db: Kysely<DB>
	clock: { now(): Date }
	fraud: FraudMemory
	/** Whose payments teach, and are judged afterwards: those of test or of real money. */
	livemode: boolean
	logger: Pick<Logger, 'info'>
}

export type Trained =
	| { kind: 'too_few'; examples: number; frauds: number }
	| { kind: 'live' | 'not_better'; model: FraudModelRow }

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** The last week whose outcomes are known judges; the weeks before it teach. */
const JUDGING_MS = 7 * DAY_MS
const TEACHING_MS = 61 * DAY_MS
/** More examples teach hardly more, and take memory: the latest are taken. */
const MOST_EXAMPLES = 600_000
/** With fewer frauds than this there is nothing to learn, and nothing to judge by. */
const LEAST_FRAUDS = 20

const fraudsIn = (rows: readonly Example[]): number => rows.filter((row) => row.is_fraud).length

/** A day at a time, latest first, so that no question takes long. In a fixed order: the same examples give the same model. */
async function readDays(
	{ db, livemode }: Deps,
	{ from, to, knownBy }: { from: Date; to: Date; knownBy: Date },
) {
	const days: Example[][] = []
	let count = 0
	for (let end = to; end > from && count < MOST_EXAMPLES; end = new Date(end.getTime() - DAY_MS)) {
		const begin = new Date(Math.max(from.getTime(), end.getTime() - DAY_MS))
		const day = await readExamples(db, { livemode, from: begin, to: end, knownBy, featureSet: FEATURE_SET })
		days.unshift(day)
		count += day.length
	}
	return days.flat()
}

async function readWeeks(deps: Deps, now: Date) {
	const settled = new Date(now.getTime() - LABEL_AGE_HOURS * HOUR_MS)
	const split = new Date(settled.getTime() - JUDGING_MS)
	const begin = new Date(split.getTime() - TEACHING_MS)
	const teaching = await readDays(deps, { from: begin, to: split, knownBy: now })
	const judging = await readDays(deps, { from: split, to: settled, knownBy: now })
	return { teaching, judging, begin, split }
}

async function keep(
	deps: Deps,
	body: ModelBody,
	facts: Pick<FraudModelRow, 'seed' | 'trained_from' | 'trained_to' | 'examples' | 'frauds'> & {
		judging: readonly Example[]
		by: string
	},
): Promise<Trained> {
	const { judging, by, ...about } = facts
	const text = JSON.stringify(body)
	return inTransaction(deps.db, async (tx) => {
		await lockModels(tx)
		const inCharge = await liveModel(tx, deps.livemode)
		const before = inCharge && (JSON.parse(inCharge.body) as ModelBody)
		const comparable = before && inCharge.feature_set === FEATURE_SET
		const metrics = judgeModel(judgedBy(body.model, judging))
		const metricsBefore = comparable ? judgeModel(judgedBy(before.model, judging)) : null
		const isBetter = mayTakeOver(metrics, metricsBefore)
		const model = await insertModel(tx, {
			id: newId('fmd'),
			livemode: deps.livemode,
			kind: body.model.kind,
			feature_set: FEATURE_SET,
			features: FEATURES.map(({ name }) => name),
			body: text,
			hash: createHash('sha256').update(text).digest('hex'),
			...about,
			metrics: JSON.stringify({ ...metrics, before: metricsBefore }),
			status: isBetter ? 'retired' : 'not_better',
			created_at: deps.clock.now(),
			created_by: by,
		})
		if (!isBetter) return { kind: 'not_better', model }
		await promoteModel(tx, model, { by, at: deps.clock.now() })
		return { kind: 'live', model: { ...model, status: 'live' } }
	})
}

/**
 * Trains on the weeks before the last one whose outcomes are known, in a thread of its own, and judges on that week. It
 * takes over only when it is not worse there than the model in charge; otherwise it is kept and nothing changes.
 */
export async function trainNextModel(
	deps: Deps,
	{ seed, by, train = runTrainer }: { seed: number; by: string; train?: typeof runTrainer },
): Promise<Trained> {
	const now = deps.clock.now()
	const { teaching, judging, begin, split } = await readWeeks(deps, now)
	const frauds = fraudsIn(teaching)
	if (frauds < LEAST_FRAUDS || fraudsIn(judging) === 0)
		return { kind: 'too_few', examples: teaching.length, frauds }
	const examples = examplesOf(teaching, FEATURES.length, split)
	const model: Model = await train({ ...examples, seed }, (done, of) => {
		if (done % 50 === 0) deps.logger.info({ metric: 'fraud_training', rows: done }, `trees grown, of ${of}`)
	})
	const cuts = pointCuts(judgedBy(model, judging).map(({ score }) => score))
	const trained = await keep(
		deps,
		{ model, cuts },
		{ seed, trained_from: begin, trained_to: split, examples: teaching.length, frauds, judging, by },
	)
	deps.fraud.forget()
	return trained
}
