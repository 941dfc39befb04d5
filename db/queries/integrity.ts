import { sql, type Selectable } from 'kysely'
import type { Executor } from '../client.ts'
import type { IntegrityRuns } from '../schema.ts'

export type IntegrityRun = Omit<Selectable<IntegrityRuns>, 'results'> & {
	results: { invariant: string; violations: number }[]
}

export async function insertRun(
	db: Executor,
	run: { id: string; requestedBy: string; startedAt: Date },
): Promise<void> {
	await sql`
		insert into integrity_runs (id, requested_by, started_at)
		values (${run.id}, ${run.requestedBy}, ${run.startedAt})`.execute(db)
}

export type RunResult = {
	merchantsSeen: number
	rowsChecked: number
	results: { invariant: string; violations: number }[]
	violations: number
}

export async function finishRun(db: Executor, id: string, at: Date, result: RunResult): Promise<void> {
	await sql`
		update integrity_runs set finished_at = ${at}, merchants_seen = ${result.merchantsSeen},
			rows_checked = ${result.rowsChecked}, results = ${JSON.stringify(result.results)}::jsonb,
			violations = ${result.violations}
		where id = ${id}`.execute(db)
}

/** The check could not be made, so it says nothing about the books. */
export async function failRun(db: Executor, id: string, at: Date, error: string): Promise<void> {
	await sql`update integrity_runs set finished_at = ${at}, error = ${error} where id = ${id}`.execute(db)
}

/** Newest first. */
export async function latestRuns(db: Executor, limit: number): Promise<IntegrityRun[]> {
	const { rows } = await sql<IntegrityRun>`
		select * from integrity_runs order by started_at desc, id desc limit ${limit}`.execute(db)
	return rows
}

/** Whether a check has ended well within the last seconds. */
export async function wasCheckedWithin(db: Executor, seconds: number): Promise<boolean> {
	const { rows } = await sql<{ checked: boolean }>`
		select exists (select from integrity_runs where error is null
			and finished_at > now() - make_interval(secs => ${seconds})) as checked`.execute(db)
	return rows[0]?.checked ?? false
}
