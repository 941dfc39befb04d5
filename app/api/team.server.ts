import { changeRole, createRole, deleteRole } from '../commands/team/write-role.server.ts'
import { invite } from '../commands/team/invite.server.ts'
import { revokeInvitation } from '../commands/team/change-invitation.server.ts'
import { removeMember } from '../commands/team/remove-member.server.ts'
import { setMemberRole } from '../commands/team/set-member-role.server.ts'
import { NoParameters } from '../contracts/payment-requests.ts'
import { ChangeMember, ChangeRole, CreateInvitation, CreateRole } from '../contracts/team.ts'
import { ownRoleOf } from '../domain/access/own-role-of.ts'
import { requireRecentLogIn } from '../http/caller.server.ts'
import { readJson } from '../http/read-json.server.ts'
import { presentInvitations, presentRoles, presentTeamMembers } from '../presenters/team.server.ts'
import { json, type Params } from './handler.server.ts'
import { teamOperation, type Call } from './operation.server.ts'

const idIn = ({ id = '' }: Params): string => id

/** Who changes the team, once it is sure that it is the person and not their token alone. */
function managerOf({ caller, context: { services } }: Pick<Call, 'caller' | 'context'>) {
	requireRecentLogIn(caller, services.clock.now())
	const { merchantId, cause: actor, grant } = caller
	return { merchantId, actor, grant }
}

const list = (url: string, data: readonly unknown[]) =>
	json({ object: 'list', url: `/api/v1/team/${url}`, has_more: false, data })

/** The one of this id, as it is now. */
const one = <T extends { id: string }>(all: readonly T[], id: string, status = 200) =>
	json(
		all.find((candidate) => candidate.id === id),
		status,
	)

const noBody = async (request: Request) => NoParameters.parse((await readJson(request)).value)

/** GET /api/v1/team/members */
export const listMembers = teamOperation('GET /team/members', async ({ caller, context }) =>
	list('members', await presentTeamMembers(context.services, caller.merchantId)),
)

/** PATCH /api/v1/team/members/:id */
export const changeMember = teamOperation(
	'PATCH /team/members/:id',
	async ({ caller, request, context, params }) => {
		const { role } = ChangeMember.parse((await readJson(request)).value)
		await setMemberRole(context.services, managerOf({ caller, context }), { userId: idIn(params), role })
		return one(await presentTeamMembers(context.services, caller.merchantId), idIn(params))
	},
)

/** DELETE /api/v1/team/members/:id */
export const deleteMember = teamOperation(
	'DELETE /team/members/:id',
	async ({ caller, request, context, params }) => {
		await noBody(request)
		await removeMember(context.services, managerOf({ caller, context }), idIn(params))
		return json({ id: idIn(params), object: 'team_member', deleted: true })
	},
)

/** GET /api/v1/team/invitations */
export const listInvitations = teamOperation('GET /team/invitations', async ({ caller, context }) =>
	list('invitations', await presentInvitations(context.services, caller.merchantId)),
)

/** POST /api/v1/team/invitations */
export const createInvitation = teamOperation(
	'POST /team/invitations',
	async ({ caller, request, context }) => {
		const asked = CreateInvitation.parse((await readJson(request)).value)
		const id = await invite(context.services, managerOf({ caller, context }), asked)
		return one(await presentInvitations(context.services, caller.merchantId), id, 201)
	},
)

/** DELETE /api/v1/team/invitations/:id */
export const deleteInvitation = teamOperation(
	'DELETE /team/invitations/:id',
	async ({ caller, request, context, params }) => {
		await noBody(request)
		await revokeInvitation(context.services, managerOf({ caller, context }), idIn(params))
		return one(await presentInvitations(context.services, caller.merchantId), idIn(params))
	},
)

/** GET /api/v1/team/roles */
export const listRoles = teamOperation('GET /team/roles', async ({ caller, context }) =>
	list('roles', await presentRoles(context.services, caller.merchantId)),
)

/** POST /api/v1/team/roles */
export const postRole = teamOperation('POST /team/roles', async ({ caller, request, context }) => {
	const { name, permissions, limits } = CreateRole.parse((await readJson(request)).value)
	const role = { name, permissions, limits: ownRoleOf({ limits }).limits ?? [] }
	const id = await createRole(context.services, managerOf({ caller, context }), role)
	return one(await presentRoles(context.services, caller.merchantId), id, 201)
})

/** PATCH /api/v1/team/roles/:id */
export const patchRole = teamOperation(
	'PATCH /team/roles/:id',
	async ({ caller, request, context, params }) => {
		const change = ownRoleOf(ChangeRole.parse((await readJson(request)).value))
		await changeRole(context.services, managerOf({ caller, context }), idIn(params), change)
		return one(await presentRoles(context.services, caller.merchantId), idIn(params))
	},
)

/** DELETE /api/v1/team/roles/:id */
export const removeRole = teamOperation(
	'DELETE /team/roles/:id',
	async ({ caller, request, context, params }) => {
		await noBody(request)
		await deleteRole(context.services, managerOf({ caller, context }), idIn(params))
		return json({ id: idIn(params), object: 'team_role', deleted: true })
	},
)
