import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import {
	countWrongTry,
	findPendingLogIn,
	insertPendingLogIn,
	takePendingLogIn,
} from '#db/queries/pending-log-ins.ts'
import type { DB } from '#db/schema.ts'
import { MOST_WRONG_TRIES, PENDING_MINUTES, type Proof } from '../domain/access/second-factor.ts'
import { earlierSession, newToken, openSession, type Person } from './open-session.server.ts'
import { hashOfToken, pendingCookie, pendingTokenOf, sessionCookie } from './session-cookie.server.ts'

type Services = { acrossMerchants: { db: Kysely<DB> }; env: { session: { secureCookies: boolean } } }
type Context = { services: Services }

/** A cookie that can do nothing but finish the log-in. */
export async function beginSecondStep({ acrossMerchants, env }: Services, person: Person): Promise<Headers> {
	const token = newToken()
	await inTransaction(acrossMerchants.db, (tx) =>
		insertPendingLogIn(tx, { ...person, tokenHash: hashOfToken(token), minutes: PENDING_MINUTES }),
	)
	const cookie = pendingCookie(env, PENDING_MINUTES * 60)
	return new Headers({ 'set-cookie': await cookie.serialize(token) })
}

export type Pending = Person & { tokenHash: Buffer }

/** Null when there is none, or it took too long, or too many tries were wrong. */
export async function pendingLogIn(request: Request, { services }: Context): Promise<Pending | null> {
	const token = await pendingTokenOf(request, services.env)
	if (token === null) return null
	const tokenHash = hashOfToken(token)
	const row = await findPendingLogIn(services.acrossMerchants.db, tokenHash)
	return row ? { userId: row.user_id, merchantId: row.merchant_id, tokenHash } : null
}

/** False when it was the last try. */
export const countWrong = ({ services }: Context, { tokenHash }: Pending): Promise<boolean> =>
	inTransaction(services.acrossMerchants.db, (tx) => countWrongTry(tx, tokenHash, MOST_WRONG_TRIES))

/** A session with a new id; null when somebody finished or ended this log-in meanwhile. */
export async function finishLogIn(
	request: Request,
	{ services }: Context,
	{ tokenHash, ...person }: Pending,
	proof: Proof,
): Promise<Headers | null> {
	const { acrossMerchants, env } = services
	const earlier = await earlierSession(request, env)
	const token = await inTransaction(acrossMerchants.db, async (tx) =>
		(await takePendingLogIn(tx, tokenHash)) ? openSession(tx, person, proof, earlier) : null,
	)
	if (token === null) return null
	const headers = new Headers({ 'set-cookie': await sessionCookie(env).serialize(token) })
	headers.append('set-cookie', await pendingCookie(env, 0).serialize(''))
	return headers
}
