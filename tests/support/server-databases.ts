import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

const TEMPLATE_IN_USE = '55006'
const CLONE_ATTEMPTS = 20

export function onServer(serverUrl: string, database: string): string {
	const url = new URL(serverUrl)
	url.pathname = `/${database}`
	return url.href
}

export async function createDatabase(serverUrl: string, name: string, template: string): Promise<void> {
	await withConnection(serverUrl, async (client) => {
		const statement = `create database ${pg.escapeIdentifier(name)} template ${pg.escapeIdentifier(template)} strategy file_copy`
		for (let attempt = 1; ; attempt++) {
			try {
				return await client.query(statement)
			} catch (error) {
				if ((error as pg.DatabaseError).code !== TEMPLATE_IN_USE || attempt === CLONE_ATTEMPTS) throw error
				await sleep(25 * attempt)
			}
		}
	})
}

export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
	await withConnection(serverUrl, (client) =>
		client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`),
	)
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
