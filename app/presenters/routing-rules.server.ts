import type { Kysely } from 'kysely'
import { namesOfActors } from '#db/queries/actors.ts'
import { listRuleSets, type RuleSetRow } from '#db/queries/routing-rules.ts'
import type { DB } from '#db/schema.ts'
import type { RoutingRulesView, RuleSetView } from '../contracts/routing.ts'
import { causeFromText } from '../domain/payments/cause.ts'

const MOST_VERSIONS = 50

const refOf = (actor: string | null): string => (actor === null ? '' : (causeFromText(actor).ref ?? ''))

const toView = (row: RuleSetRow, names: ReadonlyMap<string, string>): RuleSetView => ({
	object: 'routing_rule_set',
	version: row.version,
	status: row.status,
	revision: row.revision,
	rules: row.rules,
	edited_by: names.get(refOf(row.edited_by)) ?? 'A former colleague',
	edited: Math.floor(row.edited_at.getTime() / 1000),
	live_by: row.live_by === null ? null : (names.get(refOf(row.live_by)) ?? 'A former colleague'),
	live: row.live_at === null ? null : Math.floor(row.live_at.getTime() / 1000),
})

/** Every version, newest first. */
export async function presentRuleSets(
	{ db }: { db: Kysely<DB> },
	merchantId: string,
): Promise<RuleSetView[]> {
	const rows = await listRuleSets(db, merchantId, MOST_VERSIONS)
	const ids = [...new Set(rows.flatMap((row) => [refOf(row.edited_by), refOf(row.live_by)]))]
	const names = await namesOfActors(db, { merchantId, ids })
	return rows.map((row) => toView(row, names))
}

export const currentOf = (versions: readonly RuleSetView[]): RoutingRulesView => ({
	object: 'routing_rules',
	live: versions.find(({ status }) => status === 'live') ?? null,
	draft: versions.find(({ status }) => status === 'draft') ?? null,
})
