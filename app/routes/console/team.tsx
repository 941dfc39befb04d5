import {
	data,
	redirect,
	type ActionFunctionArgs,
	type LoaderFunctionArgs,
	type MetaFunction,
} from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { resetFactors } from '#app/commands/factors/reset-factors.server.ts'
import { resendInvitation, revokeInvitation } from '#app/commands/team/change-invitation.server.ts'
import { invite } from '#app/commands/team/invite.server.ts'
import { leaveTeam, removeMember } from '#app/commands/team/remove-member.server.ts'
import { requireSecondFactor } from '#app/commands/team/require-second-factor.server.ts'
import { setMemberRole } from '#app/commands/team/set-member-role.server.ts'
import { changeRole, createRole, deleteRole } from '#app/commands/team/write-role.server.ts'
import type { TeamView } from '#app/contracts/team.ts'
import { CONSOLE_PAGES } from '#app/domain/access/console-pages.ts'
import { requireMay, requireTeamMember, type Member } from '#app/http/console-session.server.ts'
import { formRefusal } from '#app/http/form-refusal.server.ts'
import { requireSameOrigin } from '#app/http/origin.server.ts'
import { requireStepUp } from '#app/http/step-up.server.ts'
import { presentTeam } from '#app/presenters/team-page.server.ts'
import { ConsoleError } from '#app/ui/console/console-error.tsx'
import {
	readTeamCommand,
	type TeamCommand,
	type TeamField,
	type TeamResult,
} from '#app/ui/console/team-command.ts'
import { TeamPage } from '#app/ui/console/team-page.tsx'

export const meta: MetaFunction = () => [{ title: 'Team · Tillhouse' }]

const PAGE = CONSOLE_PAGES['/console/settings/team']

export async function loader({ request, context }: LoaderFunctionArgs): Promise<TeamView> {
	const { services, ...viewer } = await requireTeamMember(request, context, PAGE.read)
	return presentTeam(services, viewer)
}

const DONE: Record<TeamCommand['intent'], string> = {
	invite: 'The invitation is on its way.',
	resend: 'The invitation is on its way again.',
	revoke: 'The invitation is taken back. Its link does nothing any more.',
	set_role: 'The role is changed. It counts at once.',
	remove: 'Removed from the team, and signed out of it.',
	leave: 'You have left the team.',
	create_role: 'The role is there to be given.',
	change_role: 'The role is changed for everybody who has it.',
	delete_role: 'The role is deleted.',
	reset_factors:
		'Their second step is reset, and they are signed out. They sign in by password and set up a new one.',
	require_factor: 'Saved. It counts from everybody’s next click.',
}

type Services = Parameters<typeof invite>[0] & Parameters<typeof resetFactors>[0]
type Desk = {
	services: Services
	/** A person's factors are theirs in every team: whether there is another is asked across all. */
	acrossMerchants: Services
}

async function carryOut(
	{ services, acrossMerchants }: Desk,
	{ merchantId, userId, role, grant }: Member,
	command: TeamCommand,
) {
	const by = { merchantId, grant, actor: { kind: 'console' as const, ref: userId } }
	switch (command.intent) {
		case 'invite':
			return invite(services, by, command)
		case 'resend':
			return resendInvitation(services, by, command.id)
		case 'revoke':
			return revokeInvitation(services, by, command.id)
		case 'set_role':
			return setMemberRole(services, by, { userId: command.id, role: command.role })
		case 'remove':
			return removeMember(services, by, command.id)
		case 'leave':
			return leaveTeam(services, { merchantId, userId })
		case 'create_role':
			return createRole(services, by, command.role)
		case 'change_role':
			return changeRole(services, by, command.id, command.role)
		case 'delete_role':
			return deleteRole(services, by, command.id)
		case 'reset_factors':
			return resetFactors(acrossMerchants, { merchantId, userId: command.id, by: { userId, role } })
		case 'require_factor':
			return requireSecondFactor(services, by, command.required)
	}
}

const FIELDS: readonly TeamField[] = ['email', 'role', 'name', 'permissions']

export async function action({ request, context }: ActionFunctionArgs) {
	requireSameOrigin(request)
	const { services, ...member } = await requireTeamMember(request, context, PAGE.read)
	const form = await request.formData()
	const asked = String(form.get('intent'))
	for (const [act, permission] of Object.entries(PAGE.act)) if (act === asked) requireMay(member, permission)
	const command = readTeamCommand(form, member.userId)
	if ('ok' in command) return data<TeamResult>(command, { status: 400 })
	const unproven = await requireStepUp(request, context, member)
	if (unproven) return unproven
	try {
		const { acrossMerchants } = context.services
		await carryOut({ services, acrossMerchants }, member, command)
	} catch (error) {
		const { refusal, init } = formRefusal(error)
		const field = FIELDS.find((known) => known === refusal.field) ?? null
		return data<TeamResult>({ ...refusal, field }, init)
	}
	if (command.intent === 'leave') return redirect('/login')
	return data<TeamResult>({ ok: true, message: DONE[command.intent] })
}

export default function Team() {
	return <TeamPage team={useLoaderData() as TeamView} />
}

export const ErrorBoundary = () => <ConsoleError />
