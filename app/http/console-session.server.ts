import { redirect } from '@remix-run/node'
import type { Kysely } from 'kysely'
import { findMember } from '#db/queries/identity.ts'
import type { DB } from '#db/schema.ts'
import { hashOfToken, sessionTokenOf } from './session-cookie.server.ts'

/** The person in front of the console and the merchant they act for. */
export type Member = {
	userId: string
	merchantId: string
	merchantName: string
	email: string
	name: string
	role: string
}

type Context = { services: { db: Kysely<DB>; env: { session: { secureCookies: boolean } } } }

export async function currentMember(request: Request, { services }: Context): Promise<Member | null> {
	const token = await sessionTokenOf(request, services.env)
	const row = token === null ? undefined : await findMember(services.db, hashOfToken(token))
	if (!row) return null
	const { user_id: userId, merchant_id: merchantId, merchant_name: merchantName, email, name, role } = row
	return { userId, merchantId, merchantName, email, name, role }
}

/** Sends strangers to the log-in page, which leads back here. */
export async function requireMember(request: Request, context: Context): Promise<Member> {
	const member = await currentMember(request, context)
	if (member) return member
	const { pathname, search } = new URL(request.url)
	throw redirect(`/login?next=${encodeURIComponent(pathname + search)}`)
}
