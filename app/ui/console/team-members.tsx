import { useState } from 'react'
import type { MemberView, TeamView } from '#app/contracts/team.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Dialog, DialogActions } from '../kit/dialog.tsx'
import { Field, FieldError } from '../kit/field.tsx'
import { Select } from '../kit/select.tsx'
import { Time } from '../kit/time.tsx'
import type { TeamRefusal } from './team-command.ts'
import { useCommand } from './use-command.ts'

export function MemberList({ members, team }: { members: MemberView[]; team: TeamView }) {
	return (
		<ul aria-label="People">
			{members.map((member) => (
				<li
					key={member.id}
					className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line px-4 py-3 last:border-b-0"
				>
					<div className="min-w-0">
						<p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium text-ink">
							<span className="min-w-0 truncate">{member.name}</span>
							<Badge tone={member.role.id === 'owner' ? 'accent' : 'neutral'}>{member.role.name}</Badge>
							{member.isSelf && <span className="text-sm font-normal text-muted">you</span>}
							{member.hasFactor !== null && (
								<Badge tone={member.hasFactor ? 'good' : 'warn'}>
									{member.hasFactor ? 'second step on' : 'no second step'}
								</Badge>
							)}
						</p>
						<p className="truncate text-sm text-muted">{member.email}</p>
						<p className="text-sm text-muted">
							Joined <Time at={member.joined * 1000} />
							{' · '}
							{member.last_seen === null ? (
								'not signed in'
							) : (
								<>
									last seen <Time at={member.last_seen * 1000} />
								</>
							)}
						</p>
					</div>
					<MemberActions member={member} team={team} />
				</li>
			))}
		</ul>
	)
}

function MemberActions({ member, team }: { member: MemberView; team: TeamView }) {
	const [open, setOpen] = useState<'role' | 'reset' | 'end' | null>(null)
	const close = (next: boolean) => setOpen(next ? open : null)
	return (
		<div className="flex flex-wrap gap-2">
			{member.mayChange && (
				<Button size="sm" aria-label={`Change role of ${member.name}`} onClick={() => setOpen('role')}>
					Change role
				</Button>
			)}
			{member.mayReset && (
				<Button
					size="sm"
					aria-label={`Reset the second step of ${member.name}`}
					onClick={() => setOpen('reset')}
				>
					Reset second step
				</Button>
			)}
			{member.mayRemove && (
				<Button
					size="sm"
					aria-label={member.isSelf ? 'Leave the team' : `Remove ${member.name}`}
					onClick={() => setOpen('end')}
				>
					{member.isSelf ? 'Leave' : 'Remove'}
				</Button>
			)}
			<RoleChoiceDialog member={member} team={team} open={open === 'role'} onOpenChange={close} />
			<ResetDialog member={member} open={open === 'reset'} onOpenChange={close} />
			<EndDialog member={member} open={open === 'end'} onOpenChange={close} />
		</div>
	)
}

type MemberDialogProps = { member: MemberView; open: boolean; onOpenChange: (open: boolean) => void }

function RoleChoiceDialog({ member, team, open, onOpenChange }: MemberDialogProps & { team: TeamView }) {
	const { Form, pending, refusal } = useCommand<TeamRefusal>(() => onOpenChange(false))
	return (
		<Dialog
			open={open}
			onOpenChange={onOpenChange}
			locked={pending}
			title={`Role of ${member.name}`}
			description="It counts from their next click; whatever they have open that the new role does not allow is closed."
		>
			<Form method="post" className="grid gap-4">
				<input type="hidden" name="intent" value="set_role" />
				<input type="hidden" name="id" value={member.id} />
				<RoleField team={team} chosen={member.role.id} error={refusal?.message ?? null} />
				<DialogActions>
					<Button disabled={pending} onClick={() => onOpenChange(false)}>
						Not now
					</Button>
					<Button type="submit" tone="primary" pending={pending}>
						Change the role
					</Button>
				</DialogActions>
			</Form>
		</Dialog>
	)
}

/** Only roles the person who looks can hand out. */
export function RoleField({ team, chosen, error }: { team: TeamView; chosen: string; error: string | null }) {
	const roles = team.roles.filter(({ id }) => team.assignable.includes(id))
	return (
		<Field label="Role" error={error}>
			{(control) => (
				<Select {...control} name="role" defaultValue={chosen}>
					{roles.map(({ id, name }) => (
						<option key={id} value={id}>
							{name}
						</option>
					))}
				</Select>
			)}
		</Field>
	)
}

function ResetDialog({ member, open, onOpenChange }: MemberDialogProps) {
	const { Form, pending, refusal } = useCommand<TeamRefusal>(() => onOpenChange(false))
	return (
		<Dialog
			open={open}
			onOpenChange={onOpenChange}
			locked={pending}
			title={`Reset the second step of ${member.name}`}
			description="For whoever lost their phone and their codes. Make sure by voice that it is them who asks: from now on the password alone opens their account, until they set up a new second step."
		>
			<Form method="post" className="grid gap-4">
				<input type="hidden" name="intent" value="reset_factors" />
				<input type="hidden" name="id" value={member.id} />
				<p className="text-muted">They are signed out everywhere and told by mail.</p>
				{refusal && <FieldError>{refusal.message}</FieldError>}
				<DialogActions>
					<Button disabled={pending} onClick={() => onOpenChange(false)}>
						Not now
					</Button>
					<Button type="submit" tone="danger" pending={pending}>
						Reset it
					</Button>
				</DialogActions>
			</Form>
		</Dialog>
	)
}

function EndDialog({ member, open, onOpenChange }: MemberDialogProps) {
	const { Form, pending, refusal } = useCommand<TeamRefusal>(() => onOpenChange(false))
	const { isSelf, name } = member
	return (
		<Dialog
			open={open}
			onOpenChange={onOpenChange}
			locked={pending}
			title={isSelf ? 'Leave the team' : `Remove ${name}`}
			description={
				isSelf
					? 'You are signed out of this account at once. Somebody has to invite you to come back.'
					: 'They are signed out of this account at once. What they did stays in the record.'
			}
		>
			<Form method="post" className="grid gap-4">
				<input type="hidden" name="intent" value={isSelf ? 'leave' : 'remove'} />
				<input type="hidden" name="id" value={member.id} />
				{refusal && <FieldError>{refusal.message}</FieldError>}
				<DialogActions>
					<Button disabled={pending} onClick={() => onOpenChange(false)}>
						Not now
					</Button>
					<Button type="submit" tone="danger" pending={pending}>
						{isSelf ? 'Leave the team' : 'Remove from the team'}
					</Button>
				</DialogActions>
			</Form>
		</Dialog>
	)
}
