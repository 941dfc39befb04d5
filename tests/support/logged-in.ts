import { randomBytes } from 'node:crypto'
import { hashOfToken, sessionCookie } from '#app/http/session-cookie.server.ts'
import { newId } from '#app/domain/ids/new-id.ts'
import { inTransaction } from '#db/client.ts'
import { insertSession } from '#db/queries/identity.ts'
import type { House } from './house.ts'

export type LoggedIn = { userId: string; headers: { cookie: string; 'sec-fetch-site': string } }

/** Somebody new with this role at the demo's merchant, and the cookie of their session. */
export async function logInAs({ services, owner, demo }: House, role: string): Promise<LoggedIn> {
	const userId = newId('usr')
	const token = randomBytes(32).toString('base64url')
	await owner
		.insertInto('users')
		.values({ id: userId, email: `${userId}@example.com`, name: `Some ${role}`, password_hash: 'none' })
		.execute()
	await owner
		.insertInto('memberships')
		.values({ user_id: userId, merchant_id: demo.merchantId, role })
		.execute()
	await inTransaction(services.db, (tx) =>
		insertSession(tx, { userId, merchantId: demo.merchantId, tokenHash: hashOfToken(token), hours: 1 }),
	)
	const cookie = (await sessionCookie(services.env).serialize(token)).split(';')[0] ?? ''
	return { userId, headers: { cookie, 'sec-fetch-site': 'same-origin' } }
}
