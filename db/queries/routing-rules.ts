import { sql, type Selectable } from 'kysely'
import type { RuleSet } from '../../app/domain/routing/choose-route.ts'
import { RoutingRules, type RoutingRule } from '../../app/domain/routing/rules.ts'
import type { Executor, Tx } from '../client.ts'
import type { RoutingRuleSets } from '../schema.ts'

export type RuleSetRow = Omit<Selectable<RoutingRuleSets>, 'rules'> & { rules: RoutingRule[] }

type StoredRow = Selectable<RoutingRuleSets>

/** Rules of an older shape are as good as none: a payment never waits for somebody to mend them. */
const readRules = (row: StoredRow): RuleSetRow => {
	const parsed = RoutingRules.safeParse(row.rules)
	return { ...row, rules: parsed.success ? parsed.data : [] }
}

export async function liveRuleSets(
	db: Executor,
	merchantIds: readonly string[],
): Promise<ReadonlyMap<string, RuleSet>> {
	const { rows } = await sql<StoredRow>`
		select * from routing_rule_sets where status = 'live' and merchant_id = any(${merchantIds})`.execute(db)
	return new Map(
		rows.map(readRules).map(({ merchant_id, version, rules }) => [merchant_id, { version, rules }]),
	)
}

/** Newest first. */
export async function listRuleSets(db: Executor, merchantId: string, limit: number): Promise<RuleSetRow[]> {
	const { rows } = await sql<StoredRow>`
		select * from routing_rule_sets where merchant_id = ${merchantId}
		order by version desc limit ${limit}`.execute(db)
	return rows.map(readRules)
}

/** The live version and the draft, locked: two people never switch on two versions. */
export async function lockCurrentRuleSets(
	tx: Tx,
	merchantId: string,
): Promise<{ live: RuleSetRow | undefined; draft: RuleSetRow | undefined; nextVersion: number }> {
	await sql`select id from merchants where id = ${merchantId} for no key update`.execute(tx)
	const { rows } = await sql<StoredRow>`
		select * from routing_rule_sets where merchant_id = ${merchantId} and status <> 'retired'`.execute(tx)
	const { rows: newest } = await sql<{ version: number | null }>`
		select max(version) as version from routing_rule_sets where merchant_id = ${merchantId}`.execute(tx)
	const current = rows.map(readRules)
	return {
		live: current.find(({ status }) => status === 'live'),
		draft: current.find(({ status }) => status === 'draft'),
		nextVersion: (newest[0]?.version ?? 0) + 1,
	}
}

export async function findRuleSet(
	db: Executor,
	{ merchantId, version }: { merchantId: string; version: number },
): Promise<RuleSetRow | undefined> {
	const { rows } = await sql<StoredRow>`
		select * from routing_rule_sets where merchant_id = ${merchantId} and version = ${version}`.execute(db)
	return rows.map(readRules)[0]
}

type Draft = { merchantId: string; version: number; rules: readonly RoutingRule[]; by: string }

export async function writeDraft(
	tx: Tx,
	{ merchantId, version, rules, by }: Draft,
): Promise<RuleSetRow | undefined> {
	const { rows } = await sql<StoredRow>`
		insert into routing_rule_sets (merchant_id, version, status, rules, edited_by)
		values (${merchantId}, ${version}, 'draft', ${JSON.stringify(rules)}::jsonb, ${by})
		on conflict (merchant_id, version) do update set rules = excluded.rules, edited_by = excluded.edited_by,
			edited_at = now(), revision = routing_rule_sets.revision + 1
		returning *`.execute(tx)
	return rows.map(readRules)[0]
}

export async function dropDraft(tx: Tx, merchantId: string): Promise<void> {
	await sql`delete from routing_rule_sets where merchant_id = ${merchantId} and status = 'draft'`.execute(tx)
}

/** The draft takes the place of the version that was live. */
export async function switchOnDraft(tx: Tx, merchantId: string, by: string): Promise<void> {
	await sql`
		update routing_rule_sets set status = 'retired' where merchant_id = ${merchantId} and status = 'live'`.execute(
		tx,
	)
	await sql`
		update routing_rule_sets set status = 'live', live_by = ${by}, live_at = now()
		where merchant_id = ${merchantId} and status = 'draft'`.execute(tx)
}
