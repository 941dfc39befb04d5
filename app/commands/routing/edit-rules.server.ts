import type { Tx } from '#db/client.ts'
import { appendAudit, type AuditEntry, type Kept } from '#db/queries/audit.ts'
import {
	dropDraft,
	findRuleSet,
	lockCurrentRuleSets,
	switchOnDraft,
	writeDraft,
} from '#db/queries/routing-rules.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import type { Gateways } from '../../domain/gateways/ports.ts'
import { causeText, type Cause } from '../../domain/payments/cause.ts'
import { gatewaysOf, type RoutingRule } from '../../domain/routing/rules.ts'

type Actor = { merchantId: string; actor: Cause }

function requireKnownGateways(gateways: Gateways, rules: readonly RoutingRule[]): void {
	for (const [index, rule] of rules.entries()) {
		const unknown = gatewaysOf(rule).find((name) => !gateways.find(name))
		if (unknown === undefined) continue
		const param = `rules.${index}.then`
		throw new DomainError('invalid', 'gateway_unknown', `${param}: no gateway is called ${unknown}`, {
			param,
		})
	}
}

const audit = (
	tx: Tx,
	{ merchantId, actor }: Actor,
	change: Pick<AuditEntry, 'action' | 'payload' | 'before' | 'after' | 'reason'>,
) =>
	appendAudit(tx, [{ merchant_id: merchantId, actor: causeText(actor), subject_id: merchantId, ...change }])

const keptOf = (rules: readonly RoutingRule[] | undefined): Readonly<Record<string, Kept>> | null =>
	rules ? { rules: rules as unknown as Kept } : null

/** Step: keeps rules as the draft; what is live stays live. False when they are what is live, and there is no draft. */
export async function saveDraft(
	tx: Tx,
	{ gateways }: { gateways: Gateways },
	{ rules, ...by }: Actor & { rules: readonly RoutingRule[] },
): Promise<boolean> {
	requireKnownGateways(gateways, rules)
	const { draft, live, nextVersion } = await lockCurrentRuleSets(tx, by.merchantId)
	const present = draft ?? live
	if (present && JSON.stringify(present.rules) === JSON.stringify(rules)) return draft !== undefined
	const version = draft?.version ?? nextVersion
	await writeDraft(tx, { merchantId: by.merchantId, version, rules, by: causeText(by.actor) })
	await audit(tx, by, {
		action: 'routing_rules.draft_saved',
		payload: { version },
		before: keptOf(draft?.rules),
		after: keptOf(rules),
	})
	return true
}

/**
 * Step: the draft becomes live at once. Whoever names the revision they have read is refused when somebody has changed
 * it since.
 */
export async function switchOnRules(
	tx: Tx,
	{ revision, reason, ...by }: Actor & { revision: number | null; reason: string | null },
): Promise<void> {
	const { draft, live } = await lockCurrentRuleSets(tx, by.merchantId)
	if (!draft) throw new DomainError('conflict', 'no_draft', 'There is no draft to switch on.')
	if (revision !== null && revision !== draft.revision) {
		const message = 'Somebody has changed the draft meanwhile. Read it again before you switch it on.'
		throw new DomainError('conflict', 'draft_changed', message)
	}
	await switchOnDraft(tx, by.merchantId, causeText(by.actor))
	await audit(tx, by, {
		action: 'routing_rules.switched_on',
		payload: { version: draft.version, before_version: live?.version ?? null },
		before: keptOf(live?.rules),
		after: keptOf(draft.rules),
		reason,
	})
}

/** Step: an earlier version becomes the draft; switching it on is a step of its own. */
export async function restoreRules(
	tx: Tx,
	deps: { gateways: Gateways },
	{ version, ...by }: Actor & { version: number },
): Promise<void> {
	const row = await findRuleSet(tx, { merchantId: by.merchantId, version })
	if (!row) throw new DomainError('not_found', 'version_not_found', `There is no version ${version}.`)
	await saveDraft(tx, deps, { ...by, rules: row.rules })
}

/** Step: the draft is gone. */
export async function discardDraft(tx: Tx, by: Actor): Promise<void> {
	const { draft } = await lockCurrentRuleSets(tx, by.merchantId)
	if (!draft) return
	await dropDraft(tx, by.merchantId)
	await audit(tx, by, {
		action: 'routing_rules.draft_discarded',
		payload: { version: draft.version },
		before: keptOf(draft.rules),
	})
}
