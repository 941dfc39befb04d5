import { randomBytes } from 'node:crypto'
import { redirect } from '@remix-run/node'
import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { moveSession } from '#db/queries/sessions.ts'
import type { DB } from '#db/schema.ts'
import { currentMember } from './console-session.server.ts'
import { hashOfToken, sessionCookie, sessionTokenOf } from './session-cookie.server.ts'

type Context = {
	services: { acrossMerchants: { db: Kysely<DB> }; env: { session: { secureCookies: boolean } } }
}

/** A session acts for one business. Moving it gives it a new id; the old one is worth nothing from then on. */
export async function switchMerchant(
	request: Request,
	context: Context,
	merchantId: string,
): Promise<Headers> {
	const { services } = context
	const member = await currentMember(request, context)
	const old = await sessionTokenOf(request, services.env)
	if (!member || old === null) throw redirect('/login')
	const token = randomBytes(32).toString('base64url')
	await inTransaction(services.acrossMerchants.db, async (tx) => {
		const from = hashOfToken(old)
		const moved = await moveSession(tx, { from, to: hashOfToken(token), userId: member.userId, merchantId })
		if (!moved) throw new Response(null, { status: 404 })
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: `console:${member.userId}`,
				action: 'session.switched',
				subject_id: member.userId,
				payload: {},
			},
		])
	})
	return new Headers({ 'set-cookie': await sessionCookie(services.env).serialize(token) })
}
