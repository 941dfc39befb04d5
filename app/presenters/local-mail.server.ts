import type { Kysely } from 'kysely'
import { listKeptMail } from '#db/queries/local-mailbox.ts'
import type { DB } from '#db/schema.ts'
import type { KeptMailView } from '../contracts/mail.ts'

export async function presentLocalMail({ db }: { db: Kysely<DB> }): Promise<KeptMailView[]> {
	return (await listKeptMail(db)).map((mail) => ({
		id: String(mail.id),
		to: mail.sent_to,
		subject: mail.subject,
		text: mail.text_body,
		at: mail.created_at.getTime(),
	}))
}
