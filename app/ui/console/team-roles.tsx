import { useState } from 'react'
import { ChevronDown } from 'lucide-react'
import type { RoleView } from '#app/contracts/team.ts'
import { PERMISSION_GROUPS } from '#app/domain/access/permission-groups.ts'
import { PERMISSIONS, type Permission } from '#app/domain/access/permissions.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Dialog, DialogActions } from '../kit/dialog.tsx'
import { Field, FieldError } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'
import { formatMoney } from '../kit/money.tsx'
import { PermissionChoice } from './permission-choice.tsx'
import type { TeamRefusal } from './team-command.ts'
import { useCommand } from './use-command.ts'

type RoleListProps = { roles: RoleView[]; grantable: Permission[] }

export function RoleList({ roles, grantable }: RoleListProps) {
	return (
		<ul aria-label="Roles">
			{roles.map((role) => (
				<li key={role.id} className="border-b border-line px-4 py-3 last:border-b-0">
					<div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
						<div className="min-w-0">
							<h3 className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium text-ink">
								{role.name}
								{!role.built_in && <Badge tone="accent">Your own</Badge>}
							</h3>
							<p className="text-sm text-muted">
								{role.members === 0 ? 'Nobody has it' : `${role.members} on the team`}
							</p>
						</div>
						<RoleActions role={role} grantable={grantable} />
					</div>
					<WhatItMay role={role} />
				</li>
			))}
		</ul>
	)
}

function limitText(lines: Readonly<Record<string, number | null>>): string {
	const texts = Object.entries(lines).map(([currency, most]) =>
		most === null ? `any amount in ${currency.toUpperCase()}` : `up to ${formatMoney(most, currency)}`,
	)
	return `${texts.join(', ')}, no other currency`
}

/** The browser's own disclosure: it opens without script as well. */
function WhatItMay({ role }: { role: RoleView }) {
	return (
		<details className="group">
			<summary className="-mx-1.5 mt-1 inline-flex h-8 cursor-pointer list-none items-center gap-1 rounded-md px-1.5 text-sm text-muted hover:text-ink pointer-coarse:h-10 [&::-webkit-details-marker]:hidden">
				<ChevronDown aria-hidden="true" className="size-4 transition-transform group-open:rotate-180" />
				What it allows
				<span className="sr-only"> {role.name}</span>
			</summary>
			<div className="mt-2 grid gap-3 rounded-md bg-sunken/60 p-3 sm:grid-cols-2">
				{PERMISSION_GROUPS.map(({ title, permissions }) => {
					const held = permissions.filter((permission) => role.permissions.includes(permission))
					if (held.length === 0) return null
					return (
						<div key={title} className="min-w-0">
							<p className="text-sm font-medium text-ink">{title}</p>
							<ul className="grid gap-0.5 text-sm text-muted">
								{held.map((permission) => (
									<li key={permission}>
										{PERMISSIONS[permission]}
										{role.limits[permission] && (
											<span className="block text-ink">{limitText(role.limits[permission])}</span>
										)}
									</li>
								))}
							</ul>
						</div>
					)
				})}
			</div>
		</details>
	)
}

function RoleActions({ role, grantable }: { role: RoleView; grantable: Permission[] }) {
	const [open, setOpen] = useState(false)
	const { Form, pending, refusal } = useCommand<TeamRefusal>()
	return (
		<div className="grid justify-items-end gap-1">
			<div className="flex flex-wrap gap-2">
				{role.mayChange && (
					<Button size="sm" aria-label={`Change ${role.name}`} onClick={() => setOpen(true)}>
						Change
					</Button>
				)}
				{role.mayDelete && (
					<Form method="post">
						<input type="hidden" name="intent" value="delete_role" />
						<input type="hidden" name="id" value={role.id} />
						<Button type="submit" size="sm" pending={pending} aria-label={`Delete ${role.name}`}>
							Delete
						</Button>
					</Form>
				)}
			</div>
			{refusal && <FieldError>{refusal.message}</FieldError>}
			{role.mayChange && <RoleDialog role={role} grantable={grantable} open={open} onOpenChange={setOpen} />}
		</div>
	)
}

type RoleDialogProps = {
	/** Null for a new one. */
	role: RoleView | null
	grantable: Permission[]
	open: boolean
	onOpenChange: (open: boolean) => void
}

export function RoleDialog({ role, grantable, open, onOpenChange }: RoleDialogProps) {
	const { Form, pending, refusal } = useCommand<TeamRefusal>(() => onOpenChange(false))
	const refusalBelow = refusal && refusal.field !== 'name' ? refusal.message : null
	return (
		<Dialog
			open={open}
			onOpenChange={onOpenChange}
			locked={pending}
			className="sm:max-w-xl"
			title={role ? `Change ${role.name}` : 'New role'}
			description={
				role
					? 'It counts at once for everybody who has this role.'
					: 'Choose what it allows. A limit is the most that one decision may move; refunds of one payment count together.'
			}
		>
			<Form method="post" className="grid gap-4" noValidate>
				<input type="hidden" name="intent" value={role ? 'change_role' : 'create_role'} />
				{role && <input type="hidden" name="id" value={role.id} />}
				<Field label="Name" error={refusal?.field === 'name' ? refusal.message : null}>
					{(control) => (
						<Input
							{...control}
							name="name"
							required
							maxLength={60}
							autoComplete="off"
							defaultValue={role?.name ?? ''}
							placeholder="Night desk"
						/>
					)}
				</Field>
				{PERMISSION_GROUPS.map(({ title, permissions }) => {
					const offered = permissions.filter((permission) => grantable.includes(permission))
					if (offered.length === 0) return null
					return (
						<fieldset key={title} className="grid gap-1.5">
							<legend className="mb-1.5 text-sm font-medium text-ink">{title}</legend>
							{offered.map((permission) => (
								<PermissionChoice key={permission} permission={permission} role={role} />
							))}
						</fieldset>
					)
				})}
				{refusalBelow && <FieldError>{refusalBelow}</FieldError>}
				<DialogActions>
					<Button disabled={pending} onClick={() => onOpenChange(false)}>
						Not now
					</Button>
					<Button type="submit" tone="primary" pending={pending}>
						{role ? 'Save the role' : 'Make the role'}
					</Button>
				</DialogActions>
			</Form>
		</Dialog>
	)
}
