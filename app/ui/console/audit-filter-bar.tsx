import { Form } from '@remix-run/react'
import { Search } from 'lucide-react'
import type { AuditListView } from '#app/contracts/audit.ts'
import { ACTION_GROUP_NAMES, ACTION_GROUPS } from '#app/domain/audit/action-groups.ts'
import { Button, ButtonLink } from '../kit/button.tsx'
import { Field } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'
import { Select } from '../kit/select.tsx'
import { narrowing } from './audit-filters.ts'

type AuditFilterBarProps = Pick<AuditListView, 'filters' | 'people'> & { pending: boolean }

/** A plain GET form: what it filters by stands in the URL, and it works before any script has loaded. */
export function AuditFilterBar({ filters, people, pending }: AuditFilterBarProps) {
	const active = narrowing(filters)
	// A new key refills the fields when the URL changes by a link or the back button.
	return (
		<Form
			key={JSON.stringify(active)}
			method="get"
			role="search"
			aria-label="Filter the audit record"
			className="mb-4 grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap"
		>
			<Field label="Contains" className="col-span-2 sm:w-64">
				{(control) => (
					<Input
						{...control}
						name="q"
						type="search"
						defaultValue={filters.q}
						placeholder="Reason, amount, setting"
						before={<Search aria-hidden="true" />}
					/>
				)}
			</Field>
			<Field label="Done by" className="sm:w-48">
				{(control) => (
					<Select {...control} name="by" defaultValue={filters.by ?? ''}>
						<option value="">Anybody</option>
						{people.map(({ id, name }) => (
							<option key={id} value={id}>
								{name}
							</option>
						))}
					</Select>
				)}
			</Field>
			<Field label="About" className="sm:w-40">
				{(control) => (
					<Select {...control} name="group" defaultValue={filters.group ?? ''}>
						<option value="">Everything</option>
						{ACTION_GROUP_NAMES.map((name) => (
							<option key={name} value={name}>
								{ACTION_GROUPS[name].label}
							</option>
						))}
					</Select>
				)}
			</Field>
			<Field label="Id" className="col-span-2 sm:w-56">
				{(control) => (
					<Input {...control} name="subject" defaultValue={filters.subject} placeholder="pay_… or re_…" />
				)}
			</Field>
			<Field label="From" className="sm:w-40">
				{(control) => <Input {...control} name="from" type="date" defaultValue={filters.from} />}
			</Field>
			<Field label="Until" className="sm:w-40">
				{(control) => <Input {...control} name="until" type="date" defaultValue={filters.until} />}
			</Field>
			<div className="col-span-2 flex gap-2">
				<Button type="submit" pending={pending}>
					Filter
				</Button>
				{Object.keys(active).length > 0 && (
					<ButtonLink to="/console/audit" tone="quiet">
						Clear all
					</ButtonLink>
				)}
			</div>
		</Form>
	)
}
