import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startLocalPostgres } from './local-postgres.ts'
import { migrateToLatest } from './migrate.ts'

/**
 * Writes db/schema.ts from a freshly migrated database; with --verify only compares, and fails when it differs.
 * Overrides give columns with a fixed set of values their union type.
 */
async function generate(url: string, verify: boolean): Promise<number> {
	const overrides = await readFile(join(import.meta.dirname, 'schema.overrides.json'), 'utf8')
	const { status } = spawnSync(
		'kysely-codegen',
		[
			...[
				'--dialect',
				'postgres',
				'--url',
				url,
				'--default-schema',
				'public',
				'--include-pattern',
				'public.*',
			],
			...['--type-mapping', '{"int8":"bigint"}', '--overrides', overrides, '--out-file', 'db/schema.ts'],
			...(verify ? ['--verify'] : []),
		],
		{ stdio: 'inherit', cwd: join(import.meta.dirname, '..') },
	)
	return status ?? 1
}

const folder = await mkdtemp(join(tmpdir(), 'tillhouse-types-'))
const postgres = await startLocalPostgres({ dataDir: join(folder, 'postgres'), port: 0, durable: false })
try {
	await migrateToLatest(postgres.url)
	process.exitCode = await generate(postgres.url, process.argv.includes('--verify'))
} finally {
	await postgres.stop()
	await rm(folder, { recursive: true, force: true })
}
