import { useState } from 'react'
import type { RoleView } from '#app/contracts/team.ts'
import { isLimited, type LimitedPermission } from '#app/domain/access/limits.ts'
import { PERMISSIONS, type Permission } from '#app/domain/access/permissions.ts'
import { Field } from '../kit/field.tsx'
import { Input } from '../kit/input.tsx'
import { toDecimalText } from '../kit/money.tsx'
import { LIMIT_LINES } from './team-command.ts'

const CHECK = 'mt-0.5 size-4 shrink-0 accent-accent pointer-coarse:size-5'

/** One thing a role may allow; where money moves, with a limit of its own. */
export function PermissionChoice({ permission, role }: { permission: Permission; role: RoleView | null }) {
	const [chosen, setChosen] = useState(role?.permissions.includes(permission) ?? false)
	return (
		<div>
			<label className="flex items-start gap-2 py-0.5 text-base text-ink">
				<input
					type="checkbox"
					name="permission"
					value={permission}
					checked={chosen}
					onChange={(event) => setChosen(event.currentTarget.checked)}
					className={CHECK}
				/>
				{PERMISSIONS[permission]}
			</label>
			{chosen && isLimited(permission) && (
				<LimitChoice permission={permission} lines={role?.limits[permission] ?? null} />
			)}
		</div>
	)
}

type LimitChoiceProps = {
	permission: LimitedPermission
	lines: Readonly<Record<string, number | null>> | null
}

function LimitChoice({ permission, lines }: LimitChoiceProps) {
	const [limited, setLimited] = useState(lines !== null)
	const known = Object.entries(lines ?? {})
	const rows = Array.from({ length: Math.max(LIMIT_LINES, known.length) }, (_, index) => known[index])
	return (
		<div className="ml-6 grid gap-2">
			<label className="flex items-start gap-2 py-0.5 text-sm text-muted">
				<input
					type="checkbox"
					name={`${permission}.limited`}
					checked={limited}
					onChange={(event) => setLimited(event.currentTarget.checked)}
					className={CHECK}
				/>
				<span>
					Only up to a limit<span className="sr-only">: {PERMISSIONS[permission].toLowerCase()}</span>
				</span>
			</label>
			{limited && (
				<div className="grid gap-2">
					{rows.map((row, index) => (
						<LimitLine key={index} permission={permission} line={row} number={index + 1} />
					))}
					<p className="text-sm text-muted">
						No amount means any amount in that currency. Currencies that are not named are refused.
					</p>
				</div>
			)}
		</div>
	)
}

type LimitLineProps = {
	permission: LimitedPermission
	line: readonly [currency: string, most: number | null] | undefined
	number: number
}

function LimitLine({ permission, line, number }: LimitLineProps) {
	const [currency = '', most = null] = line ?? []
	const what = PERMISSIONS[permission].toLowerCase()
	return (
		<div className="grid grid-cols-[5.5rem_1fr] gap-2">
			<Field label={`Currency ${number} to ${what}`} hideLabel>
				{(control) => (
					<Input
						{...control}
						name={`${permission}.currency`}
						maxLength={3}
						autoComplete="off"
						autoCapitalize="none"
						defaultValue={currency}
						placeholder={number === 1 ? 'usd' : undefined}
					/>
				)}
			</Field>
			<Field label={`Most in currency ${number} to ${what}`} hideLabel>
				{(control) => (
					<Input
						{...control}
						name={`${permission}.amount`}
						inputMode="decimal"
						autoComplete="off"
						className="tabular-nums"
						defaultValue={most === null ? '' : toDecimalText(most, currency)}
						placeholder={number === 1 ? '100.00' : undefined}
					/>
				)}
			</Field>
		</div>
	)
}
