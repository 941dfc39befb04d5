import type { Kysely } from 'kysely'
import { inTransaction, type Tx } from '#db/client.ts'
import { dropEmailChange, findOpenEmailChange, insertEmailChange } from '#db/queries/email-changes.ts'
import { voidMailTokens } from '#db/queries/mail-tokens.ts'
import { findPerson, setName, setPasswordHash, setPreferences, type PersonRow } from '#db/queries/people.ts'
import { deleteSessionsOf } from '#db/queries/sessions.ts'
import { revokeFamiliesOf } from '#db/queries/tokens.ts'
import type { DB } from '#db/schema.ts'
import { sendMail } from '#jobs/catalog/mail.ts'
import type { Preferences } from '../../contracts/people.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { newId } from '../../domain/ids/new-id.ts'
import { LONGEST_PASSWORD } from '../../domain/people/judge-password.ts'
import { hashPassword } from '../../passwords/argon2.server.ts'
import { auditPerson } from './audit-person.server.ts'
import { requirePassword } from './require-password.server.ts'
import { requireMail, type MailingDeps } from './sign-up.server.ts'

type Deps = MailingDeps & {
	isPassword: (password: string, phc: string) => Promise<boolean>
	peopleLimits: {
		countLogIn(email: string, clientIp: string): Promise<void>
		forgiveLogIn(email: string, clientIp: string): Promise<void>
	}
}
/** Whoever found a console open does not know the password. */
type Proof = { userId: string; current: string; clientIp: string }

async function requireProof(deps: Deps, { userId, current, clientIp }: Proof): Promise<PersonRow> {
	const person = await findPerson(deps.db, userId)
	if (!person) throw new DomainError('not_found', 'person_not_found', 'There is no such account.')
	const { password_hash: hash } = person
	if (hash === null) {
		const message = 'You have no password yet. Choose one by “Forgot your password?” on the sign-in page.'
		throw new DomainError('conflict', 'password_missing', message, { param: 'current' })
	}
	await deps.peopleLimits.countLogIn(person.email, clientIp)
	const matches = current.length <= LONGEST_PASSWORD && (await deps.isPassword(current, hash))
	if (matches) {
		await deps.peopleLimits.forgiveLogIn(person.email, clientIp)
		return person
	}
	const message = 'This is not your current password.'
	throw new DomainError('invalid', 'password_wrong', message, { param: 'current' })
}

/** A new password: everybody else who was signed in as this person is out. */
export async function givePassword(
	tx: Tx,
	userId: string,
	hash: string,
	keptHash: Buffer | null,
): Promise<void> {
	await setPasswordHash(tx, userId, hash)
	await deleteSessionsOf(tx, userId, keptHash)
	await revokeFamiliesOf(tx, userId)
	await voidMailTokens(tx, 'reset_password', userId)
}

/** Ends every session but the one at hand. */
export async function changePassword(
	deps: Deps,
	{ password, keptHash, ...proof }: Proof & { password: string; keptHash: Buffer },
): Promise<void> {
	const { id, email, name } = await requireProof(deps, proof)
	requirePassword(password, [email, name])
	const hash = await hashPassword(password)
	await inTransaction(deps.db, async (tx) => {
		await givePassword(tx, id, hash, keptHash)
		await auditPerson(tx, id, 'person.password_changed')
		await deps.enqueue(tx, sendMail, [{ kind: 'password_changed', subject_id: id }])
	})
	deps.committed([sendMail.name])
}

/** The old address counts until the new one is proven, and is told now. */
export async function askEmailChange(
	deps: Deps,
	{ email, ...proof }: Proof & { email: string },
): Promise<void> {
	requireMail(deps)
	const person = await requireProof(deps, proof)
	if (email.toLowerCase() === person.email.toLowerCase())
		throw new DomainError('invalid', 'email_unchanged', 'This is your address already.', { param: 'email' })
	const mayMail = await deps.peopleLimits.mayMail(email)
	const change = { id: newId('emc'), user_id: person.id, from_email: person.email, to_email: email }
	await inTransaction(deps.db, async (tx) => {
		await dropEmailChange(tx, person.id)
		await insertEmailChange(tx, change)
		await auditPerson(tx, person.id, 'person.email_change_asked')
		await deps.enqueue(tx, sendMail, [
			{ kind: 'email_change_asked' as const, subject_id: change.id },
			...(mayMail ? [{ kind: 'change_email' as const, subject_id: change.id }] : []),
		])
	})
	deps.committed([sendMail.name])
}

type Plain = { db: Kysely<DB> }

/** The link that was sent to the new address opens nothing any more. */
export async function withdrawEmailChange({ db }: Plain, userId: string): Promise<void> {
	await inTransaction(db, async (tx) => {
		const open = await findOpenEmailChange(tx, userId)
		if (!open) return
		await dropEmailChange(tx, userId)
		await voidMailTokens(tx, 'change_email', open.id)
		await auditPerson(tx, userId, 'person.email_change_withdrawn')
	})
}

export async function rename(
	{ db }: Plain,
	{ userId, name, door }: { userId: string; name: string; door: 'console' | 'api' },
): Promise<void> {
	await inTransaction(db, async (tx) => {
		await setName(tx, userId, name)
		await auditPerson(tx, userId, 'person.renamed', { door })
	})
}

export async function setPersonPreferences(
	{ db }: Plain,
	userId: string,
	changed: Preferences,
): Promise<void> {
	const { theme, density, notifications_enabled } = changed
	if (theme === undefined && density === undefined && notifications_enabled === undefined) return
	await inTransaction(db, (tx) =>
		setPreferences(tx, userId, {
			...(theme !== undefined && { theme }),
			...(density !== undefined && { density }),
			...(notifications_enabled !== undefined && { notifications_enabled }),
		}),
	)
}
