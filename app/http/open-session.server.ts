import { randomBytes } from 'node:crypto'
import type { Tx } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { deleteSession, insertSession } from '#db/queries/identity.ts'
import type { Device } from './device.server.ts'
import { hashOfToken, sessionTokenOf } from './session-cookie.server.ts'

/** Staff work a shift: after this they log in again. */
const SESSION_HOURS = 12

export type Person = { userId: string; merchantId: string; device?: Device }

export const newToken = (): string => randomBytes(32).toString('base64url')

type Env = Parameters<typeof sessionTokenOf>[1]

/** What the browser that logs in is signed in with until then, be it somebody else's. */
export async function earlierSession(request: Request, env: Env): Promise<Buffer | null> {
	const token = await sessionTokenOf(request, env)
	return token === null ? null : hashOfToken(token)
}

/** Step: a session under a new id, which ends the one the browser had. Gives the token, which nothing else keeps. */
export async function openSession(
	tx: Tx,
	person: Person,
	proof: string,
	earlier: Buffer | null,
): Promise<string> {
	const token = newToken()
	if (earlier) await deleteSession(tx, earlier)
	await insertSession(tx, { ...person, tokenHash: hashOfToken(token), hours: SESSION_HOURS })
	await appendAudit(tx, [
		{
			merchant_id: person.merchantId,
			actor: `console:${person.userId}`,
			action: 'session.opened',
			subject_id: person.userId,
			payload: { proof },
		},
	])
	return token
}
