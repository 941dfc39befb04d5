import { sql } from 'kysely'
import type { House } from '#tests/support/house.ts'

/** Every row of every table of the database as text: ours and the queue's, archives included. */
export async function dump({ owner }: House): Promise<string> {
	const tables = await sql<{ schema: string; name: string }>`
		select table_schema as schema, table_name as name from information_schema.tables
		where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
	`.execute(owner)
	const texts: string[] = []
	for (const { schema, name } of tables.rows) {
		const rows = await sql<{ line: string }>`
			select row_to_json(t)::text as line from ${sql.table(`${schema}.${name}`)} t
		`.execute(owner)
		texts.push(...rows.rows.map(({ line }) => `${schema}.${name} ${line}`))
	}
	return texts.join('\n')
}

/** As a text, in the spellings it might be kept in. */
export const spellings = (secret: string): string[] => [
	secret,
	encodeURIComponent(secret),
	Buffer.from(secret).toString('hex'),
	Buffer.from(secret).toString('base64').replace(/=+$/, ''),
]

export const linesWith = (text: string, secret: string): string[] =>
	text
		.split('\n')
		.filter((line) => spellings(secret).some((spelling) => line.includes(spelling)))
		.map((line) => line.slice(0, 200))
