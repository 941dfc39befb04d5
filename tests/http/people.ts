import { randomBytes } from 'node:crypto'
import { newId } from '#app/domain/ids/new-id.ts'
import { hashOfToken, sessionCookie } from '#app/http/session-cookie.server.ts'
import { insertSession } from '#db/queries/identity.ts'
import type { House } from '#tests/support/house.ts'

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
