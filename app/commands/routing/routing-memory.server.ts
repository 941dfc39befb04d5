import type { Executor } from '#db/client.ts'
import { listDeclineOverrides, type DeclineOverrideRow } from '#db/queries/decline-overrides.ts'
import { readGatewayHealth } from '#db/queries/gateway-health.ts'
import { liveRuleSets } from '#db/queries/routing-rules.ts'
import type { GatewayHealth } from '../../domain/routing/breaker.ts'
import type { RuleSet } from '../../domain/routing/choose-route.ts'

/** How old what this process remembers may be: other processes' changes are seen within this time. */
const FRESH_MS = 2_000

/** What routing needs on the way of every payment, read at most once in FRESH_MS. */
export type RoutingMemory = {
	rulesOf(db: Executor, merchantIds: readonly string[]): Promise<ReadonlyMap<string, RuleSet | null>>
	/** Of every merchant's payments in this world, so `acrossMerchants` must see them all. */
	health(acrossMerchants: Executor): Promise<ReadonlyMap<string, GatewayHealth>>
	/** An attempt starts there now: whoever asks next knows of it before the database does. */
	started(gateway: string, now: Date): void
	overridesOf(db: Executor, merchantId: string): Promise<readonly DeclineOverrideRow[]>
	/** This process changed something of the merchant's: everything is read anew. */
	forget(merchantId: string): void
}

type Kept<Value> = { value: Value; until: number }

const isFresh = <Value>(kept: Kept<Value> | undefined, now: number): kept is Kept<Value> =>
	kept !== undefined && kept.until > now

/** Of one world. `clock` gives milliseconds of a time that never runs backwards. */
export function createRoutingMemory(
	livemode: boolean,
	clock: () => number = () => performance.now(),
): RoutingMemory {
	const rules = new Map<string, Kept<RuleSet | null>>()
	const overrides = new Map<string, Kept<readonly DeclineOverrideRow[]>>()
	let health: Kept<Map<string, GatewayHealth>> | undefined

	return {
		async rulesOf(db, merchantIds) {
			const now = clock()
			const stale = merchantIds.filter((id) => !isFresh(rules.get(id), now))
			if (stale.length > 0) {
				const read = await liveRuleSets(db, stale)
				for (const id of stale) rules.set(id, { value: read.get(id) ?? null, until: now + FRESH_MS })
			}
			return new Map(merchantIds.map((id) => [id, rules.get(id)?.value ?? null]))
		},
		async health(db) {
			const now = clock()
			if (!isFresh(health, now)) health = { value: await readGatewayHealth(db, livemode), until: now + FRESH_MS }
			return health.value
		},
		started(gateway, now) {
			const known = health?.value.get(gateway)
			if (known) health?.value.set(gateway, { ...known, lastStart: now })
		},
		async overridesOf(db, merchantId) {
			const now = clock()
			const kept = overrides.get(merchantId)
			if (isFresh(kept, now)) return kept.value
			const value = await listDeclineOverrides(db, merchantId)
			overrides.set(merchantId, { value, until: now + FRESH_MS })
			return value
		},
		forget(merchantId) {
			rules.delete(merchantId)
			overrides.delete(merchantId)
			health = undefined
		},
	}
}
