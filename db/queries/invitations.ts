import { sql } from 'kysely'
import type { OwnRole } from '../../app/domain/access/member-role.ts'
import type { Executor, Tx } from '../client.ts'

type Scope = { merchantId: string; id: string }

export type InvitationRow = {
	id: string
	merchant_id: string
	merchant_name: string
	email: string
	role: string
	own_role: OwnRole | null
	invited_by: string
	/** Null when no person of the house asked. */
	inviter_name: string | null
	created_at: Date
	expires_at: Date
	sent_at: Date
	accepted_at: Date | null
	revoked_at: Date | null
	read_at: Date
}

const SHOWN = sql`
	i.id, i.merchant_id, m.name as merchant_name, i.email, i.role, own_role(i.merchant_id, i.role),
	i.invited_by, u.name as inviter_name, i.created_at, i.expires_at, i.sent_at, i.accepted_at, i.revoked_at, clock_timestamp() as read_at
	from invitations i
	join merchants m on m.id = i.merchant_id
	left join users u on u.id = split_part(i.invited_by, ':', 2)`

/** Newest first; those that were accepted are people of the team now and not listed. */
export async function listInvitations(db: Executor, merchantId: string): Promise<InvitationRow[]> {
	const { rows } = await sql<InvitationRow>`
		select ${SHOWN}
		where i.merchant_id = ${merchantId} and i.accepted_at is null
		order by i.id desc limit 100`.execute(db)
	return rows
}

export async function findInvitation(db: Executor, id: string): Promise<InvitationRow | undefined> {
	const { rows } = await sql<InvitationRow>`select ${SHOWN} where i.id = ${id}`.execute(db)
	return rows[0]
}

/** By the hash of what is in a link, whether it can still be used or not. */
export async function findInvitationByToken(
	db: Executor,
	tokenHash: Buffer,
): Promise<InvitationRow | undefined> {
	const { rows } = await sql<InvitationRow>`
		select ${SHOWN} join mail_tokens t on t.kind = 'invitation' and t.subject_id = i.id
		where t.token_hash = ${tokenHash}`.execute(db)
	return rows[0]
}

export async function lockInvitation(tx: Tx, id: string): Promise<InvitationRow | undefined> {
	await sql`select from invitations where id = ${id} for update`.execute(tx)
	return findInvitation(tx, id)
}

/** The open invitation of an address, whether or not it has expired. */
export async function findOpenInvitation(
	db: Executor,
	{ merchantId, email }: { merchantId: string; email: string },
): Promise<{ id: string } | undefined> {
	const { rows } = await sql<{ id: string }>`
		select id from invitations
		where merchant_id = ${merchantId} and lower(email) = lower(${email})
			and accepted_at is null and revoked_at is null`.execute(db)
	return rows[0]
}

export async function insertInvitation(
	tx: Tx,
	invitation: Scope & { email: string; role: string; invitedBy: string; days: number },
): Promise<void> {
	await sql`
		insert into invitations (id, merchant_id, email, role, invited_by, expires_at)
		values (${invitation.id}, ${invitation.merchantId}, ${invitation.email}, ${invitation.role},
			${invitation.invitedBy}, now() + make_interval(days => ${invitation.days}))`.execute(tx)
}

export async function renewInvitation(
	tx: Tx,
	{ id, invitedBy, days }: { id: string; invitedBy: string; days: number },
): Promise<void> {
	await sql`
		update invitations set sent_at = now(), invited_by = ${invitedBy},
			expires_at = now() + make_interval(days => ${days})
		where id = ${id}`.execute(tx)
}

export async function closeInvitation(tx: Tx, id: string, acceptedBy: string | null): Promise<void> {
	await (acceptedBy === null
		? sql`update invitations set revoked_at = now() where id = ${id}`.execute(tx)
		: sql`update invitations set accepted_at = now(), accepted_by = ${acceptedBy} where id = ${id}`.execute(
				tx,
			))
}

export async function countOpenInvitations(db: Executor, merchantId: string): Promise<number> {
	const { rows } = await sql<{ open: number }>`
		select count(*)::int as open from invitations
		where merchant_id = ${merchantId} and accepted_at is null and revoked_at is null`.execute(db)
	return rows[0]?.open ?? 0
}
