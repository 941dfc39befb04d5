import { sql, type Selectable } from 'kysely'
import { newId } from '../../app/domain/ids/new-id.ts'
import type { Span } from '../../app/domain/reconciliation/ports.ts'
import type { StoredTotal } from '../../app/domain/reconciliation/totals.ts'
import type { Executor, Tx } from '../client.ts'
import type { ReconciliationRuns } from '../schema.ts'

export type RunRow = Selectable<ReconciliationRuns>

/** The merchant that owns the gateway account: objects nobody here knows are its own. */
export async function accountOwner(db: Executor): Promise<string | undefined> {
	const { rows } = await sql<{ id: string | null }>`select gateway_account_owner() as id`.execute(db)
	return rows[0]?.id ?? undefined
}

/** When the first payment was made that this gateway could know. */
export async function oldestPayment(db: Executor, provider: string): Promise<Date | null> {
	const { rows } = await sql<{ at: Date | null }>`
		select oldest_payment(${provider}) as at`.execute(db)
	return rows[0]?.at ?? null
}

export type NewRun = { provider: string; requestedBy: string; span: Span }

/** The run that is not finished yet; there is one at most. Opens one when there is none. */
export async function openRun(tx: Tx, { provider, requestedBy, span }: NewRun): Promise<RunRow> {
	await sql`
		insert into reconciliation_runs (id, provider, requested_by, window_from, window_until, reached_at)
		values (${newId('rec')}, ${provider}, ${requestedBy}, ${span.from}, ${span.until}, ${span.from})
		on conflict (livemode, provider) where finished_at is null do nothing`.execute(tx)
	const { rows } = await sql<RunRow>`
		select * from reconciliation_runs where provider = ${provider} and finished_at is null for update`.execute(tx)
	const [run] = rows
	if (!run) throw new Error(`no run of ${provider} is open`)
	return run
}

/** Takes the open run, or takes it over from somebody who went silent. Undefined while another works on it. */
export async function leaseRun(
	tx: Tx,
	id: string,
	{ lease, seconds, until }: { lease: string; seconds: number; until: Date },
): Promise<RunRow | undefined> {
	const { rows } = await sql<RunRow>`
		update reconciliation_runs set lease = ${lease}, leased_until = now() + make_interval(secs => ${seconds}),
			window_until = greatest(window_until, ${until}), error = null
		where id = ${id} and finished_at is null and (leased_until is null or leased_until < now())
		returning *`.execute(tx)
	return rows[0]
}

export type RunProgress = {
	reachedAt?: Date
	compared?: number
	healed?: number
	found?: number
}

/** Adds what was done and keeps the lease; false when somebody else has taken the run over. */
export async function keepLease(
	db: Executor,
	{ id, lease, seconds }: { id: string; lease: string; seconds: number },
	{ reachedAt, compared = 0, healed = 0, found = 0 }: RunProgress = {},
): Promise<boolean> {
	const { rows } = await sql`
		update reconciliation_runs set leased_until = now() + make_interval(secs => ${seconds}),
			reached_at = coalesce(${reachedAt ?? null}::timestamptz, reached_at), compared = compared + ${compared},
			healed = healed + ${healed}, found = found + ${found}
		where id = ${id} and lease = ${lease} and finished_at is null returning id`.execute(db)
	return rows.length > 0
}

export async function releaseRun(db: Executor, id: string, lease: string, error: string): Promise<void> {
	await sql`
		update reconciliation_runs set leased_until = null, lease = null, error = ${error.slice(0, 500)}
		where id = ${id} and lease = ${lease} and finished_at is null`.execute(db)
}

export async function finishRun(
	tx: Tx,
	id: string,
	lease: string,
	totals: readonly StoredTotal[],
): Promise<RunRow | undefined> {
	const { rows } = await sql<RunRow>`
		update reconciliation_runs set finished_at = now(), totals = ${JSON.stringify(totals)}::jsonb, lease = null,
			leased_until = null, error = null
		where id = ${id} and lease = ${lease} and finished_at is null returning *`.execute(tx)
	return rows[0]
}

export async function findRun(db: Executor, id: string): Promise<RunRow | undefined> {
	const { rows } = await sql<RunRow>`select * from reconciliation_runs where id = ${id}`.execute(db)
	return rows[0]
}

export async function findOpenRun(db: Executor, provider: string): Promise<RunRow | undefined> {
	const { rows } = await sql<RunRow>`
		select * from reconciliation_runs where provider = ${provider} and finished_at is null`.execute(db)
	return rows[0]
}

export async function listRuns(db: Executor, limit: number): Promise<RunRow[]> {
	const { rows } = await sql<RunRow>`
		select * from reconciliation_runs order by started_at desc limit ${limit}`.execute(db)
	return rows
}

/** The last finished run of each of these gateways, newest first. */
export async function lastFinishedRuns(db: Executor, providers: readonly string[]): Promise<RunRow[]> {
	const { rows } = await sql<RunRow>`
		select r.* from unnest(${providers}::text[]) as g (provider)
		join lateral (
			select * from reconciliation_runs x where x.provider = g.provider and x.finished_at is not null
			order by x.started_at desc limit 1) r on true
		order by r.started_at desc`.execute(db)
	return rows
}

/** Healed differences of all time, per run already counted; here the merchant's own. */
export async function countDifferences(
	db: Executor,
	merchantId: string,
): Promise<{ open: number; healed: number }> {
	const { rows } = await sql<{ open: number; healed: number }>`
		select count(*) filter (where closed_at is null)::int as open,
			count(*) filter (where outcome = 'healed')::int as healed
		from reconciliation_differences where merchant_id = ${merchantId}`.execute(db)
	return rows[0] ?? { open: 0, healed: 0 }
}

/** What the open differences of a merchant move the two books apart, per currency, each taken without its sign. */
export type OpenEffect = { provider: string; currency: string; minor: bigint }

export async function openEffects(db: Executor, merchantId: string): Promise<OpenEffect[]> {
	const { rows } = await sql<OpenEffect>`
		select provider, currency, sum(abs(effect_minor))::bigint as minor from reconciliation_differences
		where merchant_id = ${merchantId} and closed_at is null group by provider, currency`.execute(db)
	return rows
}
