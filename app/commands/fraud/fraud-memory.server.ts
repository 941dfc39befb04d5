import type { Executor } from '#db/client.ts'
import { liveModel, type FraudModelRow } from '#db/queries/fraud-models.ts'
import { listThresholds } from '#db/queries/fraud-settings.ts'
import type { Model } from '../../domain/fraud/model/model.ts'
import { USUAL_THRESHOLDS, type Thresholds } from '../../domain/fraud/thresholds.ts'

/** What is kept of a model as JSON. */
export type ModelBody = { readonly model: Model; readonly cuts: readonly number[] }

export type LiveModel = ModelBody & { readonly id: string; readonly featureSet: number }

/** How old what this process remembers may be: a new model or threshold counts everywhere within this time. */
const FRESH_MS = 2_000

/** What screening needs on the way of every payment, read at most once in FRESH_MS. */
export type FraudMemory = {
	model(acrossMerchants: Executor): Promise<LiveModel | null>
	thresholdsOf(db: Executor, merchantIds: readonly string[]): Promise<ReadonlyMap<string, Thresholds>>
	/** This process changed something: everything is read anew. */
	forget(): void
}

function modelOf(row: FraudModelRow | undefined): LiveModel | null {
	if (!row) return null
	const body = JSON.parse(row.body) as ModelBody
	return { ...body, id: row.id, featureSet: row.feature_set }
}

/** Of one world. `clock` gives milliseconds of a time that never runs backwards. */
export function createFraudMemory(
	livemode: boolean,
	clock: () => number = () => performance.now(),
): FraudMemory {
	let model: { value: LiveModel | null; until: number } | null = null
	const thresholds = new Map<string, { value: Thresholds; until: number }>()
	return {
		async model(acrossMerchants) {
			const now = clock()
			if (model && model.until > now) return model.value
			const value = modelOf(await liveModel(acrossMerchants, livemode))
			model = { value, until: now + FRESH_MS }
			return value
		},
		async thresholdsOf(db, merchantIds) {
			const now = clock()
			const stale = merchantIds.filter((id) => (thresholds.get(id)?.until ?? 0) <= now)
			if (stale.length > 0) {
				const chosen = await listThresholds(db, stale)
				for (const id of stale)
					thresholds.set(id, { value: chosen.get(id) ?? USUAL_THRESHOLDS, until: now + FRESH_MS })
			}
			return new Map(merchantIds.map((id) => [id, thresholds.get(id)?.value ?? USUAL_THRESHOLDS]))
		},
		forget() {
			model = null
			thresholds.clear()
		},
	}
}
