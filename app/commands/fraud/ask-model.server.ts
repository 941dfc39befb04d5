import { FEATURES } from '#db/features/feature-set.ts'
import { explain, scoreRaw, strongest } from '../../domain/fraud/model/model.ts'
import { pointsOf } from '../../domain/fraud/model/score-points.ts'
import type { ModelOpinion } from '../../domain/fraud/with-model.ts'
import type { LiveModel } from './fraud-memory.server.ts'

/** What a model says of a vector of its own feature set, with the three strongest reasons in words. */
export function askModel({ id, model, cuts }: LiveModel, vector: Float32Array): ModelOpinion {
	const logOdds = scoreRaw(model, vector)
	const contributions = explain(model, vector)
	return {
		modelId: id,
		logOdds,
		points: pointsOf(cuts, logOdds),
		strongest: strongest(contributions).flatMap((index) => {
			const feature = FEATURES[index]
			if (!feature) return []
			const words = feature.reason(vector[index] as number)
			return [{ name: feature.name, words, part: contributions.byFeature[index] as number }]
		}),
	}
}
