import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'

type StatementRow = { calls: string; total_ms: number; mean_ms: number; rows: string; query: string }

/** What the database was asked, most expensive first. The number of payments stands above them. */
export async function writeStatements(pool: pg.Pool, folder: string): Promise<void> {
	const { rows } = await pool.query<StatementRow>(`
		select calls::text, total_exec_time + total_plan_time as total_ms, mean_exec_time as mean_ms, rows::text,
			regexp_replace(query, '\\s+', ' ', 'g') as query
		from pg_stat_statements join pg_database on pg_database.oid = dbid
		where datname = current_database() order by 2 desc limit 60`)
	const { rows: counted } = await pool.query<{ payments: string }>(
		'select count(*)::text as payments from payments',
	)
	const lines = rows.map(
		({ calls, total_ms, mean_ms, rows: returned, query }) =>
			`${total_ms.toFixed(0).padStart(8)} ms ${calls.padStart(8)} × ${mean_ms.toFixed(3).padStart(8)} ms ${returned.padStart(8)} rows  ${query.slice(0, 200)}`,
	)
	await mkdir(folder, { recursive: true })
	await writeFile(
		join(folder, 'statements.txt'),
		[`${counted[0]?.payments} payments`, ...lines, ''].join('\n'),
	)
}
