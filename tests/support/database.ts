import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { createDatabase, dropDatabase, onServer } from './server-databases.ts'

export type TestDatabase = { url: string; drop(): Promise<void> }

/** A migrated database of the caller's own, cloned in some 30 ms. Drop it when the test file ends. */
export async function createTestDatabase(): Promise<TestDatabase> {
	const serverUrl = inject('databaseServerUrl')
	const name = `tillhouse_test_${randomUUID().replaceAll('-', '')}`
	await createDatabase(serverUrl, name, inject('templateDatabase'))
	return { url: onServer(serverUrl, name), drop: () => dropDatabase(serverUrl, name) }
}
