import type { Kysely } from 'kysely'
import { listFactorHolders, readFactorRule } from '#db/queries/factor-rule.ts'
import type { DB } from '#db/schema.ts'
import type { TeamRole, TeamView } from '../contracts/team.ts'
import { covers } from '../domain/access/covers.ts'
import { grantOfRole, may, type Grant } from '../domain/access/grant.ts'
import { grantOfOwnRole } from '../domain/access/member-role.ts'
import { ownRoleOf } from '../domain/access/own-role-of.ts'
import { ALL_PERMISSIONS } from '../domain/access/permissions.ts'
import { presentInvitations, presentRoles, presentTeamMembers } from './team.server.ts'

type Viewer = { merchantId: string; userId: string; grant: Grant }

function grantOfTeamRole(role: TeamRole): Grant {
	if (role.built_in) return grantOfRole(role.id)
	const { permissions = [], limits = [] } = ownRoleOf(role)
	return grantOfOwnRole({ permissions, limits })
}

/** The team as one of its people sees it: what they cannot do is not offered. */
export async function presentTeam(
	deps: { db: Kysely<DB> },
	{ merchantId, userId, grant }: Viewer,
): Promise<TeamView> {
	const mayManage = may(grant, 'team.manage')
	const roles = await presentRoles(deps, merchantId)
	const members = await presentTeamMembers(deps, merchantId)
	const invitations = await presentInvitations(deps, merchantId)
	const holders = mayManage ? await listFactorHolders(deps.db, merchantId) : null
	const holdable = new Set(
		roles.filter((role) => mayManage && covers(grant, grantOfTeamRole(role))).map(({ id }) => id),
	)
	const owners = members.filter(({ role }) => role.id === 'owner').length
	const invitedTo = new Set(invitations.map(({ role }) => role.id))
	return {
		members: members.map((member) => {
			const isLastOwner = member.role.id === 'owner' && owners === 1
			const isSelf = member.id === userId
			const mayTouch = holdable.has(member.role.id) && !isLastOwner
			const hasFactor = holders && holders.has(member.id)
			return {
				...member,
				isSelf,
				mayChange: mayTouch,
				mayRemove: isSelf ? !isLastOwner : mayTouch,
				hasFactor,
				mayReset: grant.isOwner && !isSelf && hasFactor === true,
			}
		}),
		invitations: invitations.map((invitation) => ({
			...invitation,
			mayResend: holdable.has(invitation.role.id) && invitation.status !== 'revoked',
		})),
		roles: roles.map((role) => {
			const mayChange = !role.built_in && holdable.has(role.id)
			return { ...role, mayChange, mayDelete: mayChange && role.members === 0 && !invitedTo.has(role.id) }
		}),
		grantable: ALL_PERMISSIONS.filter((permission) => may(grant, permission)),
		assignable: [...holdable],
		mayManage,
		requiresFactor: grant.isOwner ? await readFactorRule(deps.db, merchantId) : null,
	}
}
