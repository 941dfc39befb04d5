import type { Kysely } from 'kysely'
import type { FraudMemory } from '#app/commands/fraud/fraud-memory.server.ts'
import { trainNextModel } from '#app/commands/fraud/train-next-model.server.ts'
import type { Logger } from '#app/telemetry/logger.server.ts'
import type { DB } from '#db/schema.ts'
import { trainFraudModel } from '#jobs/catalog/fraud.ts'
import { handles } from './handles.ts'

type Deps = {
	db: Kysely<DB>
	clock: { now(): Date }
	fraud: FraudMemory
	livemode: boolean
	logger: Pick<Logger, 'info'>
}

/** Safe to run twice: a second model of the same examples is the same model. */
export default handles(
	trainFraudModel,
	async (deps: Deps, { seed }, fetched) => {
		const trained = await trainNextModel(deps, { seed, by: `job:${fetched.job.id}` })
		const rows = trained.kind === 'too_few' ? trained.examples : trained.model.examples
		deps.logger.info({ metric: 'fraud_training', rows, kind: trained.kind }, 'a fraud model was trained')
		return 'done'
	},
	'each',
)
