import { sql } from 'kysely'
import type { OwnRole } from '../../app/domain/access/member-role.ts'
import type { Executor, Tx } from '../client.ts'

type Scope = { merchantId: string; id: string }

export type RoleRow = {
	id: string
	own_role: OwnRole
	/** People who hold it, and open invitations to it. */
	members: number
	invitations: number
	updated_by: string
	updated_at: Date
}

export async function listRoles(db: Executor, merchantId: string): Promise<RoleRow[]> {
	const { rows } = await sql<RoleRow>`
		select r.id, own_role(r.merchant_id, r.id), r.updated_by, r.updated_at,
			(select count(*)::int from memberships m
				where m.merchant_id = r.merchant_id and m.own_role_id = r.id) as members,
			(select count(*)::int from invitations i
				where i.merchant_id = r.merchant_id and i.open_role_id = r.id) as invitations
		from roles r where r.merchant_id = ${merchantId} order by lower(r.name)`.execute(db)
	return rows
}

/** What an own role is; null when this merchant has none of that id. */
export async function findOwnRole(db: Executor, { merchantId, id }: Scope): Promise<OwnRole | null> {
	const { rows } = await sql<{ own_role: OwnRole | null }>`select own_role(${merchantId}, ${id})`.execute(db)
	return rows[0]?.own_role ?? null
}

export async function writeRole(
	tx: Tx,
	{ merchantId, id }: Scope,
	{ role, by }: { role: OwnRole; by: string },
): Promise<void> {
	await sql`
		insert into roles (id, merchant_id, name, permissions, updated_by)
		values (${id}, ${merchantId}, ${role.name}, ${[...role.permissions]}::text[], ${by})
		on conflict (id) do update set
			name = excluded.name, permissions = excluded.permissions,
			updated_by = excluded.updated_by, updated_at = now()`.execute(tx)
	await sql`delete from role_limits where merchant_id = ${merchantId} and role_id = ${id}`.execute(tx)
	await sql`
		insert into role_limits (merchant_id, role_id, permission, currency, most_minor)
		select ${merchantId}, ${id}, l.permission, l.currency, l.most_minor
		from jsonb_to_recordset(${JSON.stringify(role.limits)}::jsonb)
			as l(permission text, currency text, most_minor bigint)`.execute(tx)
}

export async function deleteRole(tx: Tx, { merchantId, id }: Scope): Promise<void> {
	await sql`delete from roles where merchant_id = ${merchantId} and id = ${id}`.execute(tx)
}

/** Whether another role of the merchant has this name already. */
export async function isRoleNameTaken(
	db: Executor,
	{ merchantId, id, name }: Scope & { name: string },
): Promise<boolean> {
	const { rows } = await sql`
		select from roles where merchant_id = ${merchantId} and lower(name) = lower(${name}) and id <> ${id}`.execute(
		db,
	)
	return rows.length > 0
}
