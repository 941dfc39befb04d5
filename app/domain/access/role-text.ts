import type { OwnRole } from './member-role.ts'

/** As the audit log keeps a role: flat text in a fixed order, limits in minor units. */
export function roleText({ name, permissions, limits }: OwnRole): string {
	const linesOf = (permission: string) =>
		limits
			.filter((limit) => limit.permission === permission)
			.map(({ currency, most_minor }) => `${currency} ${most_minor ?? 'any'}`)
			.sort()
	const parts = [...new Set(permissions)].sort().map((permission) => {
		const lines = linesOf(permission)
		return lines.length > 0 ? `${permission} (${lines.join(', ')})` : permission
	})
	return `${name}: ${parts.join('; ')}`
}
