import type { Kysely } from 'kysely'
import { listInvitations, type InvitationRow } from '#db/queries/invitations.ts'
import { listRoles, type RoleRow } from '#db/queries/roles.ts'
import { countMembersByRole, listTeam, type TeamMemberRow } from '#db/queries/team.ts'
import type { DB } from '#db/schema.ts'
import type { TeamInvitation, TeamMember, TeamRole } from '../contracts/team.ts'
import { invitationState } from '../domain/access/invitation-state.ts'
import { grantOfOwnRole, memberRole } from '../domain/access/member-role.ts'
import { ROLES, type Role } from '../domain/access/roles.ts'
import { jsonAmount } from '../domain/money/json-amount.ts'

type Deps = { db: Kysely<DB> }

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000)

export const toTeamMember = (row: TeamMemberRow): TeamMember => ({
	id: row.user_id,
	object: 'team_member',
	name: row.name,
	email: row.email,
	role: { id: row.role, name: memberRole(row.role, row.own_role).title },
	joined: seconds(row.created_at),
	last_seen: row.last_seen_at && seconds(row.last_seen_at),
})

export const toTeamInvitation = (row: InvitationRow): TeamInvitation => ({
	id: row.id,
	object: 'team_invitation',
	email: row.email,
	role: { id: row.role, name: memberRole(row.role, row.own_role).title },
	status: invitationState(row),
	invited_by: row.inviter_name,
	sent: seconds(row.sent_at),
	expires: seconds(row.expires_at),
})

export function toTeamRole({ id, own_role, members }: RoleRow): TeamRole {
	const { permissions, limits } = grantOfOwnRole(own_role)
	const amounts = Object.entries(limits).map(([permission, lines]) => [
		permission,
		Object.fromEntries(
			Object.entries(lines).map(([currency, most]) => [currency, most === null ? null : jsonAmount(most)]),
		),
	])
	return {
		id,
		object: 'team_role',
		name: own_role.name,
		built_in: false,
		permissions: [...permissions],
		limits: Object.fromEntries(amounts),
		members,
	}
}

const toBuiltIn = (role: Role, members: number): TeamRole => ({
	id: role,
	object: 'team_role',
	name: ROLES[role].name,
	built_in: true,
	permissions: [...ROLES[role].may],
	limits: {},
	members,
})

export const presentTeamMembers = async ({ db }: Deps, merchantId: string): Promise<TeamMember[]> =>
	(await listTeam(db, merchantId)).map(toTeamMember)

/** Newest first, without those that were accepted. */
export const presentInvitations = async ({ db }: Deps, merchantId: string): Promise<TeamInvitation[]> =>
	(await listInvitations(db, merchantId)).map(toTeamInvitation)

/** Those every merchant has, then the merchant's own by name. */
export async function presentRoles({ db }: Deps, merchantId: string): Promise<TeamRole[]> {
	const members = await countMembersByRole(db, merchantId)
	const builtIn = (Object.keys(ROLES) as Role[]).map((role) => toBuiltIn(role, members.get(role) ?? 0))
	return [...builtIn, ...(await listRoles(db, merchantId)).map(toTeamRole)]
}
