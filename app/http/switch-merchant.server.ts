import { redirect } from '@remix-run/node'
import type { Kysely } from 'kysely'
import type { DB } from '#db/schema.ts'
import { currentMember, type Member } from './console-session.server.ts'
import { newToken } from './open-session.server.ts'
import { hashOfToken, sessionCookie, sessionTokenOf } from './session-cookie.server.ts'

type Context = {
	services: { acrossMerchants: { db: Kysely<DB> }; env: { session: { secureCookies: boolean } } }
}

/** By the hashes of its id before and after. */
export type Move = { member: Member; from: Buffer; to: Buffer }

/**
 * A session acts for one business in one of its worlds. Moving it gives it a new id; the old one is worth nothing from
 * then on. `move` is false for where they have no business.
 */
export async function switchMerchant(
	request: Request,
	context: Context,
	move: (session: Move) => Promise<boolean>,
): Promise<Headers> {
	const { services } = context
	const member = await currentMember(request, context)
	const old = await sessionTokenOf(request, services.env)
	if (!member || old === null) throw redirect('/login')
	const token = newToken()
	const moved = await move({ member, from: hashOfToken(old), to: hashOfToken(token) })
	if (!moved) throw new Response(null, { status: 404 })
	return new Headers({ 'set-cookie': await sessionCookie(services.env).serialize(token) })
}
