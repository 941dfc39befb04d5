import { MailPlus } from 'lucide-react'
import type { InvitationView, TeamView } from '#app/contracts/team.ts'
import { Badge, type Tone } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Dialog, DialogActions } from '../kit/dialog.tsx'
import { EmptyState } from '../kit/empty-state.tsx'
import { Field, FieldError } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'
import { Time } from '../kit/time.tsx'
import type { TeamRefusal } from './team-command.ts'
import { RoleField } from './team-members.tsx'
import { useCommand } from './use-command.ts'

const STATES: Record<InvitationView['status'], { word: string; tone: Tone }> = {
	open: { word: 'Waiting', tone: 'wait' },
	expired: { word: 'Run out', tone: 'warn' },
	accepted: { word: 'Accepted', tone: 'good' },
	revoked: { word: 'Taken back', tone: 'neutral' },
}

type InvitationListProps = { invitations: InvitationView[]; mayManage: boolean }

export function InvitationList({ invitations, mayManage }: InvitationListProps) {
	if (invitations.length === 0) {
		return (
			<EmptyState icon={MailPlus} title="Nobody is invited">
				{mayManage
					? 'Invite somebody by e-mail; they choose their own password.'
					: 'Whoever manages the team can invite people by e-mail.'}
			</EmptyState>
		)
	}
	return (
		<ul aria-label="Invitations">
			{invitations.map((invitation) => (
				<li
					key={invitation.id}
					className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b border-line px-4 py-3 last:border-b-0"
				>
					<div className="min-w-0">
						<p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium text-ink">
							<span className="min-w-0 truncate">{invitation.email}</span>
							<Badge tone={STATES[invitation.status].tone}>{STATES[invitation.status].word}</Badge>
						</p>
						<p className="text-sm text-muted">
							As {invitation.role.name}
							{invitation.invited_by && <>, by {invitation.invited_by}</>}
							{', sent '}
							<Time at={invitation.sent * 1000} />
						</p>
					</div>
					<div className="flex flex-wrap gap-2">
						{invitation.mayResend && (
							<InvitationButton invitation={invitation} intent="resend" label="Send again" />
						)}
						{mayManage && invitation.status !== 'revoked' && (
							<InvitationButton invitation={invitation} intent="revoke" label="Take back" />
						)}
					</div>
				</li>
			))}
		</ul>
	)
}

type InvitationButtonProps = { invitation: InvitationView; intent: 'resend' | 'revoke'; label: string }

function InvitationButton({ invitation, intent, label }: InvitationButtonProps) {
	const { Form, pending, refusal } = useCommand<TeamRefusal>()
	return (
		<Form method="post" className="grid justify-items-end gap-1">
			<input type="hidden" name="intent" value={intent} />
			<input type="hidden" name="id" value={invitation.id} />
			<Button type="submit" size="sm" pending={pending} aria-label={`${label}: ${invitation.email}`}>
				{label}
			</Button>
			{refusal && <FieldError>{refusal.message}</FieldError>}
		</Form>
	)
}

type InviteDialogProps = { team: TeamView; open: boolean; onOpenChange: (open: boolean) => void }

export function InviteDialog({ team, open, onOpenChange }: InviteDialogProps) {
	const { Form, pending, refusal } = useCommand<TeamRefusal>(() => onOpenChange(false))
	const errorOf = (field: TeamRefusal['field']) => (refusal?.field === field ? refusal.message : null)
	return (
		<Dialog
			open={open}
			onOpenChange={onOpenChange}
			locked={pending}
			title="Invite somebody"
			description="They get a link by mail and choose their own password. You can take it back until they have joined."
		>
			<Form method="post" className="grid gap-4" noValidate>
				<input type="hidden" name="intent" value="invite" />
				<Field label="E-mail" error={errorOf('email')}>
					{(control) => (
						<Input {...control} name="email" type="email" autoComplete="off" required maxLength={254} />
					)}
				</Field>
				<RoleField team={team} chosen="analyst" error={errorOf('role')} />
				{refusal?.field === null && <FieldError>{refusal.message}</FieldError>}
				<DialogActions>
					<Button disabled={pending} onClick={() => onOpenChange(false)}>
						Not now
					</Button>
					<Button type="submit" tone="primary" pending={pending}>
						Send the invitation
					</Button>
				</DialogActions>
			</Form>
		</Dialog>
	)
}
