import type { Kysely } from 'kysely'
import { inTransaction, type Tx } from '#db/client.ts'
import type { DB } from '#db/schema.ts'
import type { Gateways } from '../../domain/gateways/ports.ts'
import type { Cause } from '../../domain/payments/cause.ts'
import type { RoutingRule } from '../../domain/routing/rules.ts'
import { discardDraft, restoreRules, saveDraft, switchOnRules } from './edit-rules.server.ts'
import type { RoutingMemory } from './routing-memory.server.ts'
import { setDeclineOverride, type DeclineChange } from './set-decline-override.server.ts'

type Deps = { db: Kysely<DB>; gateways: Gateways; routing: RoutingMemory }

type Input = { merchantId: string; actor: Cause }

export type RoutingChange =
	| { kind: 'save'; rules: readonly RoutingRule[]; activate: boolean; reason: string | null }
	/** `revision`: the one that was read; null switches on whatever is there. */
	| { kind: 'switch_on'; revision: number | null; reason: string | null }
	| { kind: 'restore'; version: number }
	| { kind: 'discard' }
	| ({ kind: 'decline' } & DeclineChange)

async function apply(
	tx: Tx,
	deps: Deps,
	by: { merchantId: string; actor: Cause },
	change: RoutingChange,
): Promise<void> {
	switch (change.kind) {
		case 'save':
			if ((await saveDraft(tx, deps, { ...by, rules: change.rules })) && change.activate)
				await switchOnRules(tx, { ...by, revision: null, reason: change.reason })
			return
		case 'switch_on':
			return switchOnRules(tx, { ...by, revision: change.revision, reason: change.reason })
		case 'restore':
			return restoreRules(tx, deps, { ...by, version: change.version })
		case 'discard':
			return discardDraft(tx, by)
		case 'decline':
			return setDeclineOverride(tx, deps, { ...by, ...change })
	}
}

/** One change of a merchant's routing, audited in the same commit; this process heeds it at once, others in two seconds. */
export async function changeRouting(deps: Deps, input: Input, change: RoutingChange): Promise<void> {
	const { merchantId, actor } = input
	await inTransaction(deps.db, (tx) => apply(tx, deps, { merchantId, actor }, change))
	deps.routing.forget(merchantId)
}
