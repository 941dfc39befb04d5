import { useRef, useState } from 'react'
import type { ApiKeyKind } from '#app/domain/access/api-keys.ts'
import { PERMISSION_GROUPS } from '#app/domain/access/permission-groups.ts'
import { PERMISSIONS, type Permission } from '#app/domain/access/permissions.ts'
import { Button } from '../kit/button.tsx'
import { Field, FieldError } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'
import { Select } from '../kit/select.tsx'
import { useKeyCommand } from './api-key-dialogs.tsx'

const KINDS: Record<ApiKeyKind, string> = {
	restricted: 'Does what you choose, and nothing else.',
	secret: 'Moves money and reads everything. It cannot change the team or make keys.',
	publishable: 'For a page’s source. It shows and moves nothing.',
}

/** `grantable`: what the person may give; the other permissions are not offered. */
export function ApiKeyForm({ grantable, onKey }: { grantable: Permission[]; onKey: (key: string) => void }) {
	const form = useRef<HTMLFormElement>(null)
	const [kind, setKind] = useState<ApiKeyKind>('restricted')
	const { Form, pending, refusal } = useKeyCommand({ onDone: () => form.current?.reset(), onKey })
	const errorOf = (field: string) => (refusal?.field === field ? refusal.message : null)
	return (
		<Form ref={form} method="post" noValidate className="grid gap-4" onReset={() => setKind('restricted')}>
			<input type="hidden" name="intent" value="create" />
			<Field label="Name" error={errorOf('name')} hint="What it is for, such as “Shop server”.">
				{(control) => <Input {...control} name="name" maxLength={80} autoComplete="off" />}
			</Field>
			<Field label="Kind" hint={KINDS[kind]}>
				{(control) => (
					<Select
						{...control}
						name="kind"
						value={kind}
						onChange={(event) => setKind(event.target.value as ApiKeyKind)}
					>
						<option value="restricted">Restricted</option>
						<option value="secret">Secret</option>
						<option value="publishable">Publishable</option>
					</Select>
				)}
			</Field>
			{kind === 'restricted' && (
				<fieldset className="grid gap-3">
					<legend className="mb-1.5 text-sm font-medium text-ink">What it may do</legend>
					<PermissionGroups grantable={grantable} />
					{errorOf('permissions') && <FieldError>{errorOf('permissions')}</FieldError>}
				</fieldset>
			)}
			<Field
				label="Only from these addresses"
				error={errorOf('networks')}
				hint="Such as 203.0.113.7 or 203.0.113.0/24. Empty: from everywhere."
			>
				{(control) => <Input {...control} name="networks" autoComplete="off" />}
			</Field>
			<Field label="Ends">
				{(control) => (
					<Select {...control} name="days" defaultValue="">
						<option value="">Never</option>
						<option value="30">In 30 days</option>
						<option value="90">In 90 days</option>
						<option value="365">In a year</option>
					</Select>
				)}
			</Field>
			{refusal?.field === null && <FieldError>{refusal.message}</FieldError>}
			<Button type="submit" tone="primary" pending={pending}>
				Make the key
			</Button>
		</Form>
	)
}

function PermissionGroups({ grantable }: { grantable: Permission[] }) {
	return PERMISSION_GROUPS.map(({ title, permissions }) => {
		const offered = permissions.filter((permission) => grantable.includes(permission))
		if (offered.length === 0) return null
		return (
			<fieldset key={title} className="grid gap-1.5">
				<legend className="mb-1.5 text-sm text-muted">{title}</legend>
				{offered.map((permission) => (
					<label key={permission} className="flex items-start gap-2 text-sm text-ink pointer-coarse:py-1.5">
						<input
							type="checkbox"
							name="permissions"
							value={permission}
							className="mt-0.5 size-4 shrink-0 accent-accent pointer-coarse:size-5"
						/>
						{PERMISSIONS[permission]}
					</label>
				))}
			</fieldset>
		)
	})
}
