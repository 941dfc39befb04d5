import type { Tx } from '#db/client.ts'
import { FEATURE_SET } from '#db/features/feature-set.ts'
import { readFeatures, type FeatureSubject } from '#db/queries/fraud-features.ts'
import type { ModelOpinion } from '../../domain/fraud/with-model.ts'
import type { Thresholds } from '../../domain/fraud/thresholds.ts'
import { askModel } from './ask-model.server.ts'
import type { FraudMemory } from './fraud-memory.server.ts'

/** Outcomes of younger payments are not counted, whatever is known of them already. */
export const LABEL_AGE_HOURS = 7 * 24

export type Outlook = {
	readonly vector: Float32Array
	/** Null while no model is in charge, or the one in charge knows other features. */
	readonly opinion: ModelOpinion | null
	readonly thresholds: Thresholds
}

/** Step: what the past of each payment looks like, and what the model in charge says of it; by payment. */
export async function lookBack(
	tx: Tx,
	{ fraud }: { fraud: FraudMemory },
	subjects: readonly FeatureSubject[],
): Promise<ReadonlyMap<string, Outlook>> {
	if (subjects.length === 0) return new Map()
	const vectors = await readFeatures(tx, subjects, LABEL_AGE_HOURS)
	const model = await fraud.model(tx)
	const merchants = [...new Set(subjects.map((subject) => subject.merchant_id))]
	const thresholds = await fraud.thresholdsOf(tx, merchants)
	const outlooks = subjects.flatMap(({ id, merchant_id }) => {
		const vector = vectors.get(id)
		const chosen = thresholds.get(merchant_id)
		if (!vector || !chosen) return []
		const opinion = model?.featureSet === FEATURE_SET ? askModel(model, vector) : null
		return [[id, { vector, opinion, thresholds: chosen }] as const]
	})
	return new Map(outlooks)
}
