import { useState } from 'react'
import { Plus, UserPlus } from 'lucide-react'
import { Tabs } from 'radix-ui'
import type { TeamView } from '#app/contracts/team.ts'
import { Button } from '../kit/button.tsx'
import { Panel } from '../kit/card.tsx'
import { PageHeader } from '../kit/page-header.tsx'
import { RoleDialog, RoleList } from './team-roles.tsx'
import { InvitationList, InviteDialog } from './team-invitations.tsx'
import { FactorRule } from './team-factor-rule.tsx'
import { MemberList } from './team-members.tsx'

const TAB =
	'inline-flex h-9 items-center gap-1.5 rounded-md px-3 text-base text-muted hover:text-ink data-[state=active]:bg-accent-soft data-[state=active]:font-medium data-[state=active]:text-accent pointer-coarse:h-11'

/** Who works here, who is asked to, and what each role may do. */
export function TeamPage({ team }: { team: TeamView }) {
	const { members, invitations, roles, mayManage } = team
	const [open, setOpen] = useState<'invite' | 'role' | null>(null)
	const close = (next: boolean) => setOpen(next ? open : null)
	return (
		<>
			<PageHeader
				title="Team"
				below="Who may do what. A change counts from the person’s next click."
				actions={
					mayManage && (
						<Button tone="primary" onClick={() => setOpen('invite')}>
							<UserPlus aria-hidden="true" />
							Invite somebody
						</Button>
					)
				}
			/>
			<Tabs.Root defaultValue="people">
				<Tabs.List aria-label="Team" className="mb-3 flex flex-wrap gap-1">
					<Tabs.Trigger value="people" className={TAB}>
						People
					</Tabs.Trigger>
					<Tabs.Trigger value="invitations" className={TAB}>
						Invitations
					</Tabs.Trigger>
					<Tabs.Trigger value="roles" className={TAB}>
						Roles
					</Tabs.Trigger>
				</Tabs.List>
				<Tabs.Content value="people">
					<Panel flush title="People" note="Everybody who can sign in to this account.">
						<MemberList members={members} team={team} />
					</Panel>
					{team.requiresFactor !== null && <FactorRule required={team.requiresFactor} />}
				</Tabs.Content>
				<Tabs.Content value="invitations">
					<Panel flush title="Invitations" note="A link by mail, good for seven days.">
						<InvitationList invitations={invitations} mayManage={mayManage} />
					</Panel>
				</Tabs.Content>
				<Tabs.Content value="roles">
					<Panel
						flush
						title="Roles"
						note="What somebody may do, and with how much money."
						action={
							mayManage && (
								<Button size="sm" onClick={() => setOpen('role')}>
									<Plus aria-hidden="true" />
									New role
								</Button>
							)
						}
					>
						<RoleList roles={roles} grantable={team.grantable} />
					</Panel>
				</Tabs.Content>
			</Tabs.Root>
			{mayManage && (
				<>
					<InviteDialog team={team} open={open === 'invite'} onOpenChange={close} />
					<RoleDialog role={null} grantable={team.grantable} open={open === 'role'} onOpenChange={close} />
				</>
			)}
		</>
	)
}
