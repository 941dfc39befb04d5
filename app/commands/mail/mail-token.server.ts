import { createHash, randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { insertMailToken } from '#db/queries/mail-tokens.ts'
import type { DB } from '#db/schema.ts'

/** What is kept of a link: a stolen database opens nothing. */
export const hashOfMailToken = (token: string): Buffer => createHash('sha256').update(token).digest()

type Purpose = { kind: string; subjectId: string; email: string; hours: number }

/** Makes what goes into a link. It exists here and in the mail, nowhere else. */
export async function mintMailToken(
	{ db }: { db: Kysely<DB> },
	{ kind, subjectId, email, hours }: Purpose,
): Promise<string> {
	const token = randomBytes(32).toString('base64url')
	await inTransaction(db, (tx) =>
		insertMailToken(tx, { tokenHash: hashOfMailToken(token), kind, subject_id: subjectId, email, hours }),
	)
	return token
}
