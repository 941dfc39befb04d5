import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { createQueues } from '#jobs/catalog/queues.ts'

const FOLDER = join(import.meta.dirname, 'migrations')

async function migrations(): Promise<Record<string, Migration>> {
	const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.sql')).sort()
	return Object.fromEntries(
		await Promise.all(
			files.map(async (file) => {
				const text = await readFile(join(FOLDER, file), 'utf8')
				const migration: Migration = {
					up: async (db) => {
						await sql.raw(text).execute(db)
					},
				}
				return [file.replace(/\.sql$/, ''), migration] as const
			}),
		),
	)
}

/** Brings our tables, the queue's schema and the queues to the present; closes every connection it opened. */
export async function migrateToLatest(url: string): Promise<void> {
	const db = new Kysely({
		dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 1 }) }),
	})
	try {
		const migrator = new Migrator({ db, provider: { getMigrations: migrations } })
		const { error } = await migrator.migrateToLatest()
		if (error) throw error instanceof Error ? error : new Error('migration failed', { cause: error })
	} finally {
		await db.destroy()
	}
	const boss = new PgBoss({ connectionString: url, max: 2, supervise: false, schedule: false })
	boss.on('error', () => undefined)
	await boss.start()
	try {
		await createQueues(boss)
	} finally {
		await boss.stop({ graceful: false, close: true })
	}
	await openQueueToApp(url)
}

/** Jobs are written in the transaction of the change that asks for them, and that one runs as app_rw. */
async function openQueueToApp(url: string): Promise<void> {
	const client = new pg.Client({ connectionString: url })
	await client.connect()
	try {
		await client.query('grant usage on schema pgboss to app_rw')
		await client.query('grant select, insert, update, delete on all tables in schema pgboss to app_rw')
	} finally {
		await client.end()
	}
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const url = process.env['DATABASE_URL']
	if (!url) {
		process.stderr.write('DATABASE_URL is not set: which database should be migrated?\n')
		process.exit(1)
	}
	await migrateToLatest(url)
}
