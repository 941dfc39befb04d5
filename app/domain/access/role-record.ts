import type { OwnRole } from './member-role.ts'

/** As the audit log keeps a role: in a fixed order, limits in minor units as text, null for no limit. */
export type RoleRecord = {
	name: string
	permissions: string[]
	limits: Record<string, Record<string, string | null>>
}

export function roleRecord({ name, permissions, limits }: OwnRole): RoleRecord {
	const record: RoleRecord = { name, permissions: [...new Set(permissions)].sort(), limits: {} }
	const inOrder = [...limits].sort((a, b) =>
		`${a.permission} ${a.currency}` < `${b.permission} ${b.currency}` ? -1 : 1,
	)
	for (const { permission, currency, most_minor } of inOrder) {
		const lines = (record.limits[permission] ??= {})
		lines[currency] = most_minor
	}
	return record
}
