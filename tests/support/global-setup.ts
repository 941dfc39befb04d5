import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startLocalPostgres } from '#db/local-postgres.ts'
import { migrateToLatest } from '#db/migrate.ts'
import { createDatabase, dropDatabase, onServer } from './server-databases.ts'
import { createTestFolder } from './test-folder.ts'

declare module 'vitest' {
	interface ProvidedContext {
		databaseServerUrl: string
		templateDatabase: string
	}
}

/** One server and one migrated template per run. The leash of startLocalPostgres covers Ctrl-C and kill -9. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const server = await databaseServer()
	const template = `tillhouse_template_${process.pid}`
	await dropDatabase(server.url, template)
	await createDatabase(server.url, template, 'template0')
	// No connection may stay open: a template in use cannot be cloned.
	await migrateToLatest(onServer(server.url, template))

	project.provide('databaseServerUrl', server.url)
	project.provide('templateDatabase', template)
	return async () => {
		await dropDatabase(server.url, template)
		await server.stop()
	}
}

async function databaseServer(): Promise<{ url: string; stop(): Promise<void> }> {
	const given = process.env['TEST_DATABASE_URL']
	if (given) return { url: given, stop: async () => {} }

	const folder = await createTestFolder()
	const postgres = await startLocalPostgres({
		dataDir: join(folder.path, 'postgres'),
		port: 0,
		durable: false,
	})
	return {
		url: postgres.url,
		async stop() {
			await postgres.stop()
			await folder.remove()
		},
	}
}
