import { sql } from 'kysely'
import type { OwnRole } from '../../app/domain/access/member-role.ts'
import type { Executor, Tx } from '../client.ts'

type Scope = { merchantId: string; userId: string }

/** Whoever changes a team waits here for the change before: owners are counted, roles compared, under this lock. */
export async function lockTeam(tx: Tx, merchantId: string): Promise<void> {
	await sql`select from merchants where id = ${merchantId} for no key update`.execute(tx)
}

export type MembershipRow = { role: string; own_role: OwnRole | null; email: string; name: string }

export async function findMembership(
	db: Executor,
	{ merchantId, userId }: Scope,
): Promise<MembershipRow | undefined> {
	const { rows } = await sql<MembershipRow>`
		select m.role, own_role(m.merchant_id, m.role), u.email, u.name
		from memberships m join users u on u.id = m.user_id
		where m.merchant_id = ${merchantId} and m.user_id = ${userId}`.execute(db)
	return rows[0]
}

export async function countOwners(db: Executor, merchantId: string): Promise<number> {
	const { rows } = await sql<{ owners: number }>`
		select count(*)::int as owners from memberships
		where merchant_id = ${merchantId} and role = 'owner'`.execute(db)
	return rows[0]?.owners ?? 0
}

/** False when they belong to the merchant already. */
export async function insertMembership(
	tx: Tx,
	{ merchantId, userId, role }: Scope & { role: string },
): Promise<boolean> {
	const { rows } = await sql`
		insert into memberships (merchant_id, user_id, role) values (${merchantId}, ${userId}, ${role})
		on conflict do nothing returning 1`.execute(tx)
	return rows.length > 0
}

export async function setMembershipRole(
	tx: Tx,
	{ merchantId, userId, role }: Scope & { role: string },
): Promise<void> {
	await sql`
		update memberships set role = ${role}
		where merchant_id = ${merchantId} and user_id = ${userId}`.execute(tx)
}

/** Their sessions and log-ins by API end with it, in both worlds. */
export async function deleteMembership(tx: Tx, { merchantId, userId }: Scope): Promise<void> {
	await sql`delete from memberships where merchant_id = ${merchantId} and user_id = ${userId}`.execute(tx)
}

export type TeamMemberRow = {
	user_id: string
	email: string
	name: string
	role: string
	own_role: OwnRole | null
	created_at: Date
	last_seen_at: Date | null
}

export async function listTeam(db: Executor, merchantId: string): Promise<TeamMemberRow[]> {
	const { rows } = await sql<TeamMemberRow>`
		select m.user_id, u.email, u.name, m.role, own_role(m.merchant_id, m.role), m.created_at,
			(select max(s.last_seen_at) from sessions s
				where s.user_id = m.user_id and s.account_id = m.merchant_id) as last_seen_at
		from memberships m join users u on u.id = m.user_id
		where m.merchant_id = ${merchantId}
		order by m.created_at, m.user_id`.execute(db)
	return rows
}

export async function isMemberAddress(
	db: Executor,
	{ merchantId, email }: { merchantId: string; email: string },
): Promise<boolean> {
	const { rows } = await sql`
		select from memberships m join users u on u.id = m.user_id
		where m.merchant_id = ${merchantId} and lower(u.email) = lower(${email})`.execute(db)
	return rows.length > 0
}

export async function countMembersByRole(
	db: Executor,
	merchantId: string,
): Promise<ReadonlyMap<string, number>> {
	const { rows } = await sql<{ role: string; members: number }>`
		select role, count(*)::int as members from memberships
		where merchant_id = ${merchantId} group by role`.execute(db)
	return new Map(rows.map(({ role, members }) => [role, members]))
}
