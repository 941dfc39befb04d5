import type { Kysely } from 'kysely'
import { inTransaction, type Tx } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import { confirmEmailChange } from '#db/queries/email-changes.ts'
import { findMailToken, spendMailToken } from '#db/queries/mail-tokens.ts'
import { findPersonByEmail, insertOwnedMerchant, insertPerson, setEmail } from '#db/queries/people.ts'
import { deleteSignUps, findSignUp } from '#db/queries/sign-ups.ts'
import type { DB } from '#db/schema.ts'
import { sendMail } from '#jobs/catalog/mail.ts'
import type { Enqueue } from '#jobs/enqueue.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { newId } from '../../domain/ids/new-id.ts'
import { statementDescriptorOf } from '../../domain/people/statement-descriptor.ts'
import { hashOfMailToken } from '../mail/mail-token.server.ts'
import { startInTestWorld } from './enter-world.server.ts'
import { auditPerson } from './audit-person.server.ts'

type Deps = { db: Kysely<DB>; enqueue: Enqueue; committed: (queues: readonly string[]) => void }

export type Confirmed = { email: string; what: 'signed_up' | 'changed' }

/** Used, run out, or never one of ours: nobody is told which. */
export const linkIsDead = () =>
	new DomainError('invalid', 'link_not_valid', 'This link does not work any more. Ask for a new one.', {
		param: 'token',
	})

const KINDS = ['verify_email', 'change_email'] as const

/** What a link would confirm, without using it up: mail programs open links by themselves. */
export async function readEmailLink(
	{ db }: Pick<Deps, 'db'>,
	token: string,
): Promise<{ email: string; what: Confirmed['what'] } | null> {
	for (const kind of KINDS) {
		const found = await findMailToken(db, kind, hashOfMailToken(token))
		if (found) return { email: found.email, what: kind === 'verify_email' ? 'signed_up' : 'changed' }
	}
	return null
}

/** Makes the account that was asked for, or moves an account to its new address. One link does so once. */
export async function confirmEmail(deps: Deps, token: string): Promise<Confirmed> {
	const hash = hashOfMailToken(token)
	const confirmed = await inTransaction(deps.db, async (tx): Promise<Confirmed> => {
		const signUp = await spendMailToken(tx, 'verify_email', hash)
		if (signUp) return makeAccount(tx, signUp.subject_id)
		const change = await spendMailToken(tx, 'change_email', hash)
		if (change) return moveAccount(tx, deps, change.subject_id)
		throw linkIsDead()
	}).catch((error: unknown) => {
		throw isEmailTaken(error) ? emailTaken() : error
	})
	deps.committed([sendMail.name])
	return confirmed
}

export const isEmailTaken = (error: unknown): boolean =>
	typeof error === 'object' &&
	error !== null &&
	'constraint' in error &&
	error.constraint === 'users_email_key'

/** Only whoever reads that mailbox hears it. */
export const emailTaken = () =>
	new DomainError(
		'conflict',
		'email_taken',
		'This address belongs to an account already. Nothing was changed.',
	)

async function makeAccount(tx: Tx, signUpId: string): Promise<Confirmed> {
	const signUp = await findSignUp(tx, signUpId)
	if (!signUp) throw linkIsDead()
	const { email, name, merchant_name: merchantName, password_hash } = signUp
	if (await findPersonByEmail(tx, email)) throw emailTaken()
	const userId = newId('usr')
	const merchantId = newId('mer')
	await insertPerson(tx, { id: userId, email, name, password_hash })
	const descriptor = statementDescriptorOf(merchantName)
	await insertOwnedMerchant(tx, { id: merchantId, name: merchantName, descriptor, ownerId: userId })
	await deleteSignUps(tx, email)
	await appendAudit(tx, [
		{
			merchant_id: merchantId,
			actor: `console:${userId}`,
			action: 'merchant.created',
			subject_id: merchantId,
			payload: { owner: userId },
		},
	])
	await startInTestWorld(tx, { accountId: merchantId, userId })
	return { email, what: 'signed_up' }
}

async function moveAccount(tx: Tx, { enqueue }: Deps, changeId: string): Promise<Confirmed> {
	const change = await confirmEmailChange(tx, changeId)
	if (!change) throw linkIsDead()
	await setEmail(tx, change.user_id, change.to_email)
	await auditPerson(tx, change.user_id, 'person.email_changed')
	await enqueue(tx, sendMail, [{ kind: 'email_changed', subject_id: changeId }])
	return { email: change.to_email, what: 'changed' }
}
