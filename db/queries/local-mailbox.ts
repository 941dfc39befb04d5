import { sql } from 'kysely'
import type { Executor } from '../client.ts'

export type KeptMail = {
	id: bigint
	sent_to: string
	subject: string
	text_body: string
	html_body: string
	created_at: Date
}

/** A demo that runs for months keeps its last mails only. */
const MOST_KEPT = 200

export async function keepMail(
	db: Executor,
	mail: { to: string; subject: string; text: string; html: string },
): Promise<void> {
	await sql`
		with kept as (
			insert into local_mailbox (sent_to, subject, text_body, html_body)
			values (${mail.to}, ${mail.subject}, ${mail.text}, ${mail.html}) returning id
		)
		delete from local_mailbox where id <= (select id from kept) - ${MOST_KEPT}`.execute(db)
}

/** Newest first. */
export async function listKeptMail(db: Executor): Promise<KeptMail[]> {
	const { rows } = await sql<KeptMail>`select * from local_mailbox order by id desc`.execute(db)
	return rows
}
