import pg from 'pg'
import { expect, test } from 'vitest'
import { createTestDatabase } from '#tests/support/database.ts'

test('every clone is migrated, stands alone, and goes even while someone is connected', async () => {
	const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()])
	const client = new pg.Client({ connectionString: one.url })
	client.on('error', () => {})
	await client.connect()
	const { rows } = await client.query<{ migrations: string }>(
		'select count(*) as migrations from kysely_migration',
	)
	expect(Number(rows[0]?.migrations)).toBeGreaterThan(0)
	expect(other.url).not.toBe(one.url)

	await Promise.all([one.drop(), other.drop()])
	const gone = new pg.Client({ connectionString: one.url })
	await expect(gone.connect()).rejects.toThrow(/does not exist/)
})
