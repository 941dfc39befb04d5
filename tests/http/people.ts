import { randomBytes } from 'node:crypto'
import { newId } from '#app/domain/ids/new-id.ts'
import { hashOfToken, sessionCookie } from '#app/http/session-cookie.server.ts'
import { insertSession } from '#db/queries/identity.ts'
import type { House } from '#tests/support/house.ts'
import { PASSWORD } from '../integration/factors/people.ts'

export type Person = { userId: string; cookie: string }

/** Somebody who is logged in, as the browser's cookie says. */
export async function addPerson(
	house: House,
	{ role, merchantId = house.demo.merchantId }: { role: string; merchantId?: string },
): Promise<Person> {
	const { db, env } = house.services
	const userId = newId('usr')
	await db
		.insertInto('users')
		.values({ id: userId, email: `${userId}@tillhouse.test`, name: role, password_hash: 'nobody' })
		.execute()
	await db.insertInto('memberships').values({ merchant_id: merchantId, user_id: userId, role }).execute()
	const token = randomBytes(32).toString('base64url')
	await insertSession(db, { tokenHash: hashOfToken(token), userId, merchantId, hours: 1 })
	const [cookie = ''] = (await sessionCookie(env).serialize(token)).split(';')
	return { userId, cookie }
}

/** The header that carries the access token of a new log-in. */
export async function logInByApi(
	house: House,
	{ email }: { email: string },
	password = PASSWORD,
): Promise<{ authorization: string }> {
	const answer = await house.call('POST', '/api/v1/auth/login', { email, password }, { authorization: '' })
	if (answer.status !== 200) throw new Error(`nobody was logged in: ${answer.text}`)
	return { authorization: `Bearer ${String(answer.body['access_token'])}` }
}
