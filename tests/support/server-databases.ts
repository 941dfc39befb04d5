import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** `object_in_use`: somebody is still connected to the template. */
const TEMPLATE_IN_USE = '55006'
/** `insufficient_privilege`: the server's own vacuum is at it just now, and only a superuser may end that. */
const BEING_VACUUMED = '42501'
const ATTEMPTS = 20

export function onServer(serverUrl: string, database: string): string {
	const url = new URL(serverUrl)
	url.pathname = `/${database}`
	return url.href
}

export async function createDatabase(serverUrl: string, name: string, template: string): Promise<void> {
	const statement = `create database ${pg.escapeIdentifier(name)} template ${pg.escapeIdentifier(template)} strategy file_copy`
	await persistently(serverUrl, statement, TEMPLATE_IN_USE)
}

export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
	const statement = `drop database if exists ${pg.escapeIdentifier(name)} with (force)`
	await persistently(serverUrl, statement, BEING_VACUUMED)
}

/** Runs a statement again while it fails with what passes by itself. */
async function persistently(serverUrl: string, statement: string, passing: string): Promise<void> {
	await withConnection(serverUrl, async (client) => {
		for (let attempt = 1; ; attempt++) {
			try {
				return await client.query(statement)
			} catch (error) {
				if ((error as pg.DatabaseError).code !== passing || attempt === ATTEMPTS) throw error
				await sleep(25 * attempt)
			}
		}
	})
}

async function withConnection(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
	const client = new pg.Client({ connectionString: url })
	await client.connect()
	try {
		await work(client)
	} finally {
		await client.end()
	}
}
