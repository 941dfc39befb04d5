import type { Kysely } from 'kysely'
import { inTransaction, type Tx } from '#db/client.ts'
import type { DB } from '#db/schema.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import type { Gateways } from '../../domain/gateways/ports.ts'
import type { Cause } from '../../domain/payments/cause.ts'
import type { RoutingRule } from '../../domain/routing/rules.ts'
import { discardDraft, restoreRules, saveDraft, switchOnRules } from './edit-rules.server.ts'
import type { RoutingMemory } from './routing-memory.server.ts'
import { setDeclineOverride, type DeclineChange } from './set-decline-override.server.ts'

type Deps = { db: Kysely<DB>; gateways: Gateways; routing: RoutingMemory }

type Input = {
	merchantId: string
	actor: Cause
	/** Of the person who asks; null for a secret key. */
	role: string | null
}

export type RoutingChange =
	| { kind: 'save'; rules: readonly RoutingRule[]; activate: boolean }
	/** `revision`: the one that was read; null switches on whatever is there. */
	| { kind: 'switch_on'; revision: number | null }
	| { kind: 'restore'; version: number }
	| { kind: 'discard' }
	| ({ kind: 'decline' } & DeclineChange)

const MAY_EDIT: ReadonlySet<string> = new Set(['owner', 'admin'])

export const mayEditRouting = (role: string): boolean => MAY_EDIT.has(role)

async function apply(
	tx: Tx,
	deps: Deps,
	by: { merchantId: string; actor: Cause },
	change: RoutingChange,
): Promise<void> {
	switch (change.kind) {
		case 'save':
			if ((await saveDraft(tx, deps, { ...by, rules: change.rules })) && change.activate)
				await switchOnRules(tx, { ...by, revision: null })
			return
		case 'switch_on':
			return switchOnRules(tx, { ...by, revision: change.revision })
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
	const { merchantId, actor, role } = input
	if (role !== null && !mayEditRouting(role)) {
		throw new DomainError('forbidden', 'role_not_allowed', 'Only an owner or an admin can change routing.')
	}
	await inTransaction(deps.db, (tx) => apply(tx, deps, { merchantId, actor }, change))
	deps.routing.forget(merchantId)
}
