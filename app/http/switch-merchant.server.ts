import { randomBytes } from 'node:crypto'
import { redirect } from '@remix-run/node'
import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { findMembership } from '#db/queries/identity.ts'
import { moveSession } from '#db/queries/sessions.ts'
import { rememberWorld } from '#db/queries/worlds.ts'
import type { DB } from '#db/schema.ts'
import { enterWorld } from '../commands/people/enter-world.server.ts'
import { currentMember } from './console-session.server.ts'
import { hashOfToken, sessionCookie, sessionTokenOf } from './session-cookie.server.ts'

type Context = {
	services: { acrossMerchants: { db: Kysely<DB> }; env: { session: { secureCookies: boolean } } }
}

/** What is not named stays as it is: another business in the same world, or the other world of the same business. */
export type Destination = { accountId: string | null; livemode: boolean | null }

/**
 * A session acts for one business in one of its worlds. Moving it gives it a new id; the old one is worth nothing from
 * then on.
 */
export async function switchMerchant(
	request: Request,
	context: Context,
	destination: Destination,
): Promise<Headers> {
	const { services } = context
	const member = await currentMember(request, context)
	const old = await sessionTokenOf(request, services.env)
	if (!member || old === null) throw redirect('/login')
	const { userId } = member
	const accountId = destination.accountId ?? member.account.merchantId
	const livemode = destination.livemode ?? member.livemode
	const actor = `console:${userId}`
	const token = randomBytes(32).toString('base64url')
	await inTransaction(services.acrossMerchants.db, async (tx) => {
		const notTheirs = new Response(null, { status: 404 })
		if (!(await findMembership(tx, { merchantId: accountId, userId }))) throw notTheirs
		const merchantId = await enterWorld(tx, { accountId, livemode, actor })
		const from = hashOfToken(old)
		if (!(await moveSession(tx, { from, to: hashOfToken(token), userId, merchantId }))) throw notTheirs
		await rememberWorld(tx, { accountId, userId, worldId: merchantId })
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor,
				action: 'session.switched',
				subject_id: userId,
				payload: { livemode: livemode ? 'live' : 'test' },
			},
		])
	})
	return new Headers({ 'set-cookie': await sessionCookie(services.env).serialize(token) })
}
