import { createCookie, type Cookie } from '@remix-run/node'
import type { Kysely } from 'kysely'
import {
	findPendingIdentity,
	insertPendingIdentity,
	type PendingIdentity,
} from '#db/queries/pending-identities.ts'
import type { DB } from '#db/schema.ts'
import type { OutsideIdentity } from '../../domain/people/ports.ts'
import { newToken } from '../open-session.server.ts'
import { hashOfToken } from '../session-cookie.server.ts'

/** How long somebody may take to name their business, or to sign in to the account they have. */
const PENDING_MINUTES = 15

type Env = { session: { secureCookies: boolean } }
type Services = { acrossMerchants: { db: Kysely<DB> }; env: Env }

const identityCookie = ({ session: { secureCookies } }: Env, maxAge: number): Cookie =>
	createCookie(secureCookies ? '__Host-identity' : 'identity', {
		httpOnly: true,
		sameSite: 'lax',
		path: '/',
		secure: secureCookies,
		maxAge,
	})

/** Keeps who came back until they have decided. Gives the cookie, which is good for nothing but that decision. */
export async function keepIdentity(
	{ acrossMerchants, env }: Services,
	{ provider, subject, email, name }: OutsideIdentity,
	userId: string | null,
): Promise<string> {
	const token = newToken()
	await insertPendingIdentity(acrossMerchants.db, {
		...{ provider, subject, email, name, user_id: userId },
		tokenHash: hashOfToken(token),
		minutes: PENDING_MINUTES,
	})
	return identityCookie(env, PENDING_MINUTES * 60).serialize(token)
}

export async function identityHashOf(
	request: Request,
	{ env }: Pick<Services, 'env'>,
): Promise<Buffer | null> {
	const token: unknown = await identityCookie(env, 0).parse(request.headers.get('cookie'))
	return typeof token === 'string' && token.length === 43 ? hashOfToken(token) : null
}

export async function pendingIdentityOf(
	request: Request,
	services: Services,
): Promise<PendingIdentity | undefined> {
	const hash = await identityHashOf(request, services)
	return hash ? findPendingIdentity(services.acrossMerchants.db, hash) : undefined
}

export const forgetIdentity = ({ env }: Pick<Services, 'env'>): Promise<string> =>
	identityCookie(env, 0).serialize('')
