import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { logsInAsOwner } from '#db/queries/log-in-role.ts'
import { openHouse, type House } from '#tests/support/house.ts'

const ROLE = `till_${randomUUID().replaceAll('-', '')}`
const PASSWORD = randomUUID()

let house: House
let ownUrl = ''

/** As docs/runbooks/production.md says it, by an administrator of the database. */
async function addLogIn(databaseUrl: string): Promise<string> {
	await asAdministrator(databaseUrl, `create role ${ROLE} login password '${PASSWORD}' in role app_rw`)
	const url = new URL(databaseUrl)
	url.username = ROLE
	url.password = PASSWORD
	ownUrl = url.href
	return ownUrl
}

async function asAdministrator(url: string, statement: string): Promise<void> {
	const client = new pg.Client({ connectionString: url })
	await client.connect()
	await client.query(statement)
	await client.end()
}

beforeAll(async () => {
	house = await openHouse({ webhooks: false, proxied: addLogIn })
})
afterAll(async () => {
	const { databaseUrl } = house
	await house.close()
	const server = new URL(databaseUrl)
	server.pathname = '/postgres'
	await asAdministrator(server.href, `drop role ${ROLE}`)
})

test('the app needs no more than a log-in of its own: a payment goes all its way, and the books are checked', async () => {
	expect(await logsInAsOwner(house.services.db)).toBe(false)
	const { status, body } = await house.call(
		'POST',
		'/api/v1/payments',
		{ amount: 1_200, currency: 'eur', payment_method: 'pm_card_visa', confirm: true },
		{ prefer: 'wait=20' },
	)
	expect({ status, is: body['status'] }).toEqual({ status: 201, is: 'succeeded' })
	expect((await house.services.inspect()).violations).toEqual([])
})

test.each([
	'create table mine (id int)',
	'alter table audit_log disable trigger user',
	'drop table audit_log',
	'update ledger_entries set amount_minor = 0',
	'delete from audit_log',
	'create role more login',
])('and may not: %s, not even out of its role', async (statement) => {
	const client = new pg.Client({ connectionString: ownUrl })
	await client.connect()
	try {
		await client.query('reset role')
		await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' })
	} finally {
		await client.end()
	}
})
