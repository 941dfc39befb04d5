import type { Kysely } from 'kysely'
import type { WriterDeps } from '#app/commands/mail/letter-writer.server.ts'
import { letters } from '#app/commands/mail/letters.server.ts'
import { renderLetter } from '#app/mail/render-letter.server.ts'
import type { Post } from '#app/mail/smtp.server.ts'
import type { DB } from '#db/schema.ts'
import { sendMail } from '#jobs/catalog/mail.ts'
import { handles } from './handles.ts'

type Deps = WriterDeps & {
	db: Kysely<DB>
	/** Null in a house that cannot send mail. */
	postMail: Post | null
	logger: { error: (fields: object, message: string) => void }
}

/** Safe to run twice: a second mail has a link of its own, and using one uses up the others. */
export default handles(sendMail, async (deps: Deps, { kind, subject_id: subjectId }) => {
	if (!deps.postMail) {
		deps.logger.error({ kind }, 'a mail was not sent: set SMTP_URL')
		return 'done'
	}
	const letter = await letters[kind](deps, subjectId)
	if (letter) await deps.postMail(renderLetter(letter))
	return 'done'
})
