import { grantOf, grantOfRole, type Grant } from './grant.ts'
import { isLimited, type Limits } from './limits.ts'
import { isPermission } from './permissions.ts'
import { isRole, ROLES } from './roles.ts'

/** A merchant's own role as the database hands it out; amounts are text, since JSON's numbers are not exact. */
export type OwnRole = {
	name: string
	permissions: readonly string[]
	limits: readonly { permission: string; currency: string; most_minor: string | null }[]
}

export type MemberRole = { title: string; grant: Grant }

/** Permissions and limits that are no longer known allow nothing. */
export function grantOfOwnRole({ permissions, limits }: Omit<OwnRole, 'name'>): Grant {
	const byPermission: Record<string, Record<string, bigint | null>> = {}
	for (const { permission, currency, most_minor } of limits) {
		if (!isPermission(permission) || !isLimited(permission)) continue
		const lines = (byPermission[permission] ??= {})
		lines[currency] = most_minor === null ? null : BigInt(most_minor)
	}
	return grantOf(permissions.filter(isPermission), { limits: byPermission satisfies Limits })
}

/** What a membership's role means: `role` is a shipped role, or the id of the merchant's own one. */
export function memberRole(role: string, own: OwnRole | null): MemberRole {
	if (own) return { title: own.name, grant: grantOfOwnRole(own) }
	return { title: isRole(role) ? ROLES[role].name : role, grant: grantOfRole(role) }
}
