import type { Kysely } from 'kysely'
import { inTransaction, type Tx } from '#db/client.ts'
import { appendAudit } from '#db/queries/audit.ts'
import {
	closeInvitation,
	findInvitationByToken,
	lockInvitation,
	type InvitationRow,
} from '#db/queries/invitations.ts'
import { voidMailTokens } from '#db/queries/mail-tokens.ts'
import { findPersonByEmail, insertPerson } from '#db/queries/people.ts'
import { insertMembership } from '#db/queries/team.ts'
import type { DB } from '#db/schema.ts'
import { invitationState, isSameAddress } from '../../domain/access/invitation-state.ts'
import { memberRole } from '../../domain/access/member-role.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { newId } from '../../domain/ids/new-id.ts'
import { hashPassword } from '../../passwords/argon2.server.ts'
import { hashOfMailToken } from '../mail/mail-token.server.ts'
import { requirePassword } from '../people/require-password.server.ts'

/** Merchants of all kinds: whoever accepts does not belong to this one yet. */
type Deps = { db: Kysely<DB> }

export type NewPerson = { name: string; password: string }
export type Accepting = {
	token: string
	/** Of the person who is signed in, if anybody is. */
	signedInAs: string | null
	/** For an address without an account. */
	person: NewPerson | null
}
export type Accepted = { merchantId: string; userId: string; email: string }

const SAYS = {
	accepted: 'This invitation was accepted already. Sign in to go on.',
	revoked: 'This invitation was taken back. Ask whoever invited you for another one.',
	expired: 'This invitation has run out. Ask whoever invited you to send it again.',
} as const

export const noSuchInvitation = (): DomainError =>
	new DomainError('not_found', 'invitation_not_found', 'There is no such invitation.', { param: 'token' })

function requireOpen(invitation: InvitationRow): void {
	const state = invitationState(invitation)
	if (state === 'open') return
	throw new DomainError('conflict', `invitation_${state}`, SAYS[state])
}

function requireAddressee({ email }: InvitationRow, signedInAs: string | null): void {
	if (signedInAs === null || isSameAddress(signedInAs, email)) return
	throw new DomainError(
		'forbidden',
		'other_address',
		`This invitation is for ${email}, and you are signed in as ${signedInAs}. Sign out to accept it.`,
	)
}

/** The token came by mail to this very address, so a new account's address counts as proven. */
async function personOf(
	tx: Tx,
	email: string,
	fresh: (NewPerson & { hash: string }) | null,
): Promise<string> {
	const known = await findPersonByEmail(tx, email)
	if (known) return known.id
	if (!fresh) {
		const message = 'Choose a name and a password for your account.'
		throw new DomainError('invalid', 'parameter_missing', message, { param: 'password' })
	}
	const id = newId('usr')
	await insertPerson(tx, { id, email, name: fresh.name, password_hash: fresh.hash })
	return id
}

async function join(tx: Tx, invitation: InvitationRow, userId: string): Promise<void> {
	const { id, merchant_id: merchantId, role, own_role } = invitation
	await insertMembership(tx, { merchantId, userId, role })
	await closeInvitation(tx, id, userId)
	await voidMailTokens(tx, 'invitation', id)
	await appendAudit(tx, [
		{
			merchant_id: merchantId,
			actor: `console:${userId}`,
			action: 'member.joined',
			subject_id: userId,
			payload: { invitation: id },
			after: { role, title: memberRole(role, own_role).title },
		},
	])
}

/** Account, membership and the end of the invitation are one commit. Of two who accept at once, one does. */
export async function acceptInvitation(
	{ db }: Deps,
	{ token, signedInAs, person }: Accepting,
): Promise<Accepted> {
	const asked = await findInvitationByToken(db, hashOfMailToken(token))
	if (!asked) throw noSuchInvitation()
	requireOpen(asked)
	requireAddressee(asked, signedInAs)
	// Hashing takes long on purpose: no transaction waits for it.
	const isKnown = (await findPersonByEmail(db, asked.email)) !== undefined
	if (person && !isKnown) requirePassword(person.password, [asked.email, person.name, asked.merchant_name])
	const fresh = person && !isKnown ? { ...person, hash: await hashPassword(person.password) } : null
	return inTransaction(db, async (tx) => {
		const invitation = await lockInvitation(tx, asked.id)
		if (!invitation) throw noSuchInvitation()
		requireOpen(invitation)
		const { email, merchant_id: merchantId } = invitation
		const userId = await personOf(tx, email, fresh)
		await join(tx, invitation, userId)
		return { merchantId, userId, email }
	})
}
