import { data } from '@remix-run/node'
import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { findFactors } from '#db/queries/factors.ts'
import { findPasswordHash, isFreshSession, renewSession } from '#db/queries/session-checks.ts'
import type { DB } from '#db/schema.ts'
import type { StepUpAsked, StepUpWays } from '../contracts/step-up.ts'
import { FRESH_MINUTES, type Proof } from '../domain/access/second-factor.ts'
import { newToken, type Person } from './open-session.server.ts'
import { hashOfToken, sessionCookie, sessionTokenOf } from './session-cookie.server.ts'

type Context = {
	services: { acrossMerchants: { db: Kysely<DB> }; env: { session: { secureCookies: boolean } } }
}

export async function sessionHashOf(request: Request, { services }: Context): Promise<Buffer> {
	const token = await sessionTokenOf(request, services.env)
	return hashOfToken(token ?? '')
}

/** A password is asked only of whoever has nothing stronger, and Google only of whoever has no password either. */
export async function waysOf({ services }: Context, userId: string): Promise<StepUpWays> {
	const { db } = services.acrossMerchants
	const { has_totp, passkeys } = await findFactors(db, userId)
	const strong = has_totp || passkeys > 0
	const hasPassword = strong || (await findPasswordHash(db, userId)) !== null
	return { code: strong, passkey: passkeys > 0, password: !strong && hasPassword, google: !hasPassword }
}

/**
 * For what needs a fresh proof of who it is. Null when this session gave one within ten minutes; else the action
 * returns what this gives: the dialog asks for the proof and sends the same form again.
 */
export async function requireStepUp(request: Request, context: Context, { userId }: { userId: string }) {
	const { db } = context.services.acrossMerchants
	if (await isFreshSession(db, await sessionHashOf(request, context), FRESH_MINUTES)) return null
	const message = 'Show once more that it is you. Nothing was done yet.'
	const asked: StepUpAsked = { ok: false, message, field: null, stepUp: await waysOf(context, userId) }
	return data(asked, { status: 403 })
}

/** After the proof: the same session under a new id. Null when it ended meanwhile. */
export async function finishStepUp(
	request: Request,
	context: Context,
	{ userId, merchantId }: Person,
	proof: Proof,
): Promise<Headers | null> {
	const { acrossMerchants, env } = context.services
	const from = await sessionHashOf(request, context)
	const token = newToken()
	const renewed = await inTransaction(acrossMerchants.db, async (tx) => {
		if (!(await renewSession(tx, { from, to: hashOfToken(token) }))) return false
		await appendAudit(tx, [
			{
				merchant_id: merchantId,
				actor: `console:${userId}`,
				action: 'session.proven',
				subject_id: userId,
				payload: { proof },
			},
		])
		return true
	})
	return renewed ? new Headers({ 'set-cookie': await sessionCookie(env).serialize(token) }) : null
}
