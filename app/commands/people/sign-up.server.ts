import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { findPersonByEmail } from '#db/queries/people.ts'
import { findSignUpByEmail, insertSignUp } from '#db/queries/sign-ups.ts'
import type { DB } from '#db/schema.ts'
import { sendMail } from '#jobs/catalog/mail.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { newId } from '../../domain/ids/new-id.ts'
import { hashPassword } from '../../passwords/argon2.server.ts'
import { SIGN_UP_HOURS } from '../mail/sign-up-letters.server.ts'
import { requirePassword } from './require-password.server.ts'

export type MailingDeps = {
	db: Kysely<DB>
	enqueue: Enqueue
	committed: (queues: readonly string[]) => void
	postMail: unknown
	peopleLimits: { mayMail(email: string): Promise<boolean> }
}

type Input = { email: string; name: string; merchantName: string; password: string }

/** Without mail nobody could prove an address, so nobody is asked to try. */
export function requireMail({ postMail }: Pick<MailingDeps, 'postMail'>): void {
	if (postMail) return
	const message =
		'This house cannot send e-mail yet. Whoever runs it must set SMTP_URL before accounts can be made.'
	throw new DomainError('unavailable', 'mail_not_set_up', message)
}

/**
 * Keeps what was asked for until the address is proven; the account is made then. A known address costs the same work
 * and gets the same answer: only the mail differs.
 */
export async function signUp(
	deps: MailingDeps,
	{ email, name, merchantName, password }: Input,
): Promise<void> {
	requireMail(deps)
	requirePassword(password, [email, name, merchantName])
	const password_hash = await hashPassword(password)
	const mayMail = await deps.peopleLimits.mayMail(email)
	await inTransaction(deps.db, async (tx) => {
		const known = await findPersonByEmail(tx, email)
		const id = newId('sup')
		await insertSignUp(tx, {
			id,
			email,
			name,
			merchant_name: merchantName,
			password_hash,
			hours: SIGN_UP_HOURS,
		})
		if (!mayMail) return
		await deps.enqueue(tx, sendMail, [
			known ? { kind: 'already_registered', subject_id: known.id } : { kind: 'verify_email', subject_id: id },
		])
	})
	deps.committed([sendMail.name])
}

/** Nobody has it: a mail about it says nothing to anybody, and is queued all the same. */
const NOBODY = 'sup_nobody'

/** Says nothing about whether somebody waits for that mail. */
export async function resendVerification(deps: MailingDeps, { email }: { email: string }): Promise<void> {
	requireMail(deps)
	const mayMail = await deps.peopleLimits.mayMail(email)
	await inTransaction(deps.db, async (tx) => {
		const [known, waiting] = [await findPersonByEmail(tx, email), await findSignUpByEmail(tx, email)]
		if (!mayMail) return
		const subject_id = known ? NOBODY : (waiting?.id ?? NOBODY)
		await deps.enqueue(tx, sendMail, [{ kind: 'verify_email', subject_id }])
	})
	deps.committed([sendMail.name])
}
