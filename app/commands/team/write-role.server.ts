import { inTransaction, type Tx } from '#db/client.ts'
import { appendAudit, type AuditEntry } from '#db/queries/audit.ts'
import {
	deleteRole as deleteRow,
	findOwnRole,
	isRoleNameTaken,
	listRoles,
	writeRole,
} from '#db/queries/roles.ts'
import { lockTeam } from '#db/queries/team.ts'
import { requireToGive } from '../../domain/access/judge-team.ts'
import { grantOfOwnRole, type OwnRole } from '../../domain/access/member-role.ts'
import { roleRecord } from '../../domain/access/role-record.ts'
import { ROLES } from '../../domain/access/roles.ts'
import { changesBetween } from '../../domain/audit/changes-between.ts'
import { DomainError } from '../../domain/errors/domain-error.ts'
import { newId } from '../../domain/ids/new-id.ts'
import { causeText } from '../../domain/payments/cause.ts'
import type { TeamDeps, TeamManager } from './team-manager.server.ts'

const SHIPPED_NAMES: ReadonlySet<string> = new Set(Object.values(ROLES).map(({ name }) => name.toLowerCase()))

const roleNotFound = (id: string): DomainError =>
	new DomainError('not_found', 'role_not_found', `There is no role ${id}.`, { param: 'id' })

type Change = Pick<AuditEntry, 'action' | 'before' | 'after'>

const audit = (tx: Tx, { merchantId, actor }: TeamManager, id: string, change: Change) =>
	appendAudit(tx, [
		{ merchant_id: merchantId, actor: causeText(actor), subject_id: id, payload: {}, ...change },
	])

async function requireFreeName(tx: Tx, merchantId: string, id: string, name: string): Promise<void> {
	if (!SHIPPED_NAMES.has(name.toLowerCase()) && !(await isRoleNameTaken(tx, { merchantId, id, name }))) return
	throw new DomainError('conflict', 'role_name_taken', 'There is a role of this name already.', {
		param: 'name',
	})
}

/** A limit of something the role does not allow would look like a permission. */
function requireLimitsFit({ permissions, limits }: OwnRole): void {
	const stray = limits.find(({ permission }) => !permissions.includes(permission))
	if (!stray) return
	const message = 'The role does not allow this, so it has no limit.'
	throw new DomainError('invalid', 'parameter_invalid', `limits.${stray.permission}: ${message}`, {
		param: `limits.${stray.permission}`,
	})
}

/** What is not named stays as it is; limits go with their permission. */
function changed(before: OwnRole, change: Partial<OwnRole>): OwnRole {
	const after = { ...before, ...change }
	if (change.limits) return after
	return {
		...after,
		limits: before.limits.filter(({ permission }) => after.permissions.includes(permission)),
	}
}

export async function createRole({ db }: TeamDeps, by: TeamManager, role: OwnRole): Promise<string> {
	const { merchantId } = by
	const id = newId('rol')
	requireLimitsFit(role)
	await inTransaction(db, async (tx) => {
		await lockTeam(tx, merchantId)
		requireToGive(by.grant, grantOfOwnRole(role), 'permissions')
		await requireFreeName(tx, merchantId, id, role.name)
		await writeRole(tx, { merchantId, id }, { role, by: causeText(by.actor) })
		await audit(tx, by, id, { action: 'role.created', after: roleRecord(role) })
	})
	return id
}

/** Counts from the next request of everybody who holds the role. */
export async function changeRole(
	{ db }: TeamDeps,
	by: TeamManager,
	id: string,
	change: Partial<OwnRole>,
): Promise<void> {
	const { merchantId } = by
	await inTransaction(db, async (tx) => {
		await lockTeam(tx, merchantId)
		const before = await findOwnRole(tx, { merchantId, id })
		if (!before) throw roleNotFound(id)
		const after = changed(before, change)
		requireLimitsFit(after)
		requireToGive(by.grant, grantOfOwnRole(before))
		requireToGive(by.grant, grantOfOwnRole(after), 'permissions')
		await requireFreeName(tx, merchantId, id, after.name)
		const changes = changesBetween(roleRecord(before), roleRecord(after))
		if (Object.keys(changes.after).length === 0) return
		await writeRole(tx, { merchantId, id }, { role: after, by: causeText(by.actor) })
		await audit(tx, by, id, { action: 'role.changed', ...changes })
	})
}

/** Nobody loses what they may do without somebody having said so: a role in use stays. */
export async function deleteRole({ db }: TeamDeps, by: TeamManager, id: string): Promise<void> {
	const { merchantId } = by
	await inTransaction(db, async (tx) => {
		await lockTeam(tx, merchantId)
		const row = (await listRoles(tx, merchantId)).find((role) => role.id === id)
		if (!row) throw roleNotFound(id)
		requireToGive(by.grant, grantOfOwnRole(row.own_role))
		if (row.members + row.invitations > 0) {
			const message = 'Somebody holds this role or is invited to it. Give them another one first.'
			throw new DomainError('conflict', 'role_in_use', message)
		}
		await deleteRow(tx, { merchantId, id })
		await audit(tx, by, id, { action: 'role.deleted', before: roleRecord(row.own_role) })
	})
}
