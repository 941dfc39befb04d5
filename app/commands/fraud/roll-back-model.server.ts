import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { FEATURE_SET } from '#db/features/feature-set.ts'
import { findModel, lockModels, promoteModel, type FraudModelRow } from '#db/queries/fraud-models.ts'
import type { DB } from '#db/schema.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'

type Deps = { db: Kysely<DB>; clock: { now(): Date } }

/** Puts a kept model back in charge. Decisions made meanwhile stay as they are, and name the model they were made by. */
export async function rollBackModel(
	{ db, clock }: Deps,
	{ version, by }: { version: number; by: string },
): Promise<FraudModelRow> {
	return inTransaction(db, async (tx) => {
		await lockModels(tx)
		const model = await findModel(tx, version)
		if (!model) throw new DomainError('not_found', 'model_not_found', `There is no model ${version}.`)
		if (model.feature_set !== FEATURE_SET) {
			throw new DomainError(
				'conflict',
				'model_outdated',
				`Model ${version} knows other features than those in use.`,
			)
		}
		await promoteModel(tx, model, { by, at: clock.now() })
		return { ...model, status: 'live' }
	})
}
