import type { Kysely } from 'kysely'
import { inTransaction } from '#db/client.ts'
import { findMailToken, spendMailToken } from '#db/queries/mail-tokens.ts'
import { findPerson, findPersonByEmail } from '#db/queries/people.ts'
import type { DB } from '#db/schema.ts'
import { sendMail } from '#jobs/catalog/mail.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import { hashPassword } from '../../passwords/argon2.server.ts'
import { hashOfMailToken } from '../mail/mail-token.server.ts'
import { auditPerson } from './audit-person.server.ts'
import { givePassword } from './change-account.server.ts'
import { linkIsDead } from './confirm-email.server.ts'
import { requirePassword } from './require-password.server.ts'
import { requireMail, type MailingDeps } from './sign-up.server.ts'

/** Nobody has it: a mail about it says nothing to anybody, and is queued all the same. */
const NOBODY = 'usr_nobody'

/** Says nothing about whether the address is known. */
export async function forgotPassword(deps: MailingDeps, { email }: { email: string }): Promise<void> {
	requireMail(deps)
	const mayMail = await deps.peopleLimits.mayMail(email)
	await inTransaction(deps.db, async (tx) => {
		const known = await findPersonByEmail(tx, email)
		if (!mayMail) return
		await deps.enqueue(tx, sendMail, [{ kind: 'reset_password', subject_id: known?.id ?? NOBODY }])
	})
	deps.committed([sendMail.name])
}

type Deps = { db: Kysely<DB>; enqueue: Enqueue; committed: (queues: readonly string[]) => void }

export async function isResetLink({ db }: Pick<Deps, 'db'>, token: string): Promise<boolean> {
	return (await findMailToken(db, 'reset_password', hashOfMailToken(token))) !== undefined
}

/** Signs the person out everywhere: whoever else knew the old password is out as well. */
export async function resetPassword(
	deps: Deps,
	{ token, password }: { token: string; password: string },
): Promise<void> {
	const hash = hashOfMailToken(token)
	const link = await findMailToken(deps.db, 'reset_password', hash)
	const person = link && (await findPerson(deps.db, link.subject_id))
	if (!person) throw linkIsDead()
	requirePassword(password, [person.email, person.name])
	const passwordHash = await hashPassword(password)
	await inTransaction(deps.db, async (tx) => {
		const spent = await spendMailToken(tx, 'reset_password', hash)
		const current = await findPerson(tx, person.id)
		// A link that was sent to an address that is not theirs any more opens nothing.
		if (!spent || spent.email !== current?.email) throw linkIsDead()
		await givePassword(tx, person.id, passwordHash, null)
		await auditPerson(tx, person.id, 'person.password_reset')
		await deps.enqueue(tx, sendMail, [{ kind: 'password_changed', subject_id: person.id }])
	})
	deps.committed([sendMail.name])
}
