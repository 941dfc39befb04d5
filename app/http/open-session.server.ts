import { randomBytes } from 'node:crypto'
import type { Tx } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { insertSession } from '#db/queries/identity.ts'
import type { Device } from './device.server.ts'
import { hashOfToken } from './session-cookie.server.ts'

/** Staff work a shift: after this they log in again. */
const SESSION_HOURS = 12

export type Person = { userId: string; merchantId: string; device?: Device }

export const newToken = (): string => randomBytes(32).toString('base64url')

/** Step: a session under a new id, whatever cookie the browser brought. Gives the token, which nothing else keeps. */
export async function openSession(tx: Tx, person: Person, proof: string): Promise<string> {
	const token = newToken()
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
