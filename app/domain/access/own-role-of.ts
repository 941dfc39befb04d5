import type { OwnRole } from './member-role.ts'
import { isPermission } from './permissions.ts'

type Asked = {
	name?: string | undefined
	permissions?: readonly string[] | undefined
	limits?: Readonly<Record<string, Readonly<Record<string, number | bigint | null>> | undefined>> | undefined
}

/** A role as it was asked for; what was not named is missing. Limits of what is not allowed are left out. */
export function ownRoleOf({ name, permissions, limits }: Asked): Partial<OwnRole> {
	return {
		...(name !== undefined && { name }),
		...(permissions && { permissions: permissions.filter(isPermission) }),
		...(limits && {
			limits: Object.entries(limits).flatMap(([permission, lines = {}]) =>
				Object.entries(lines).map(([currency, most]) => ({
					permission,
					currency,
					most_minor: most === null ? null : BigInt(most).toString(),
				})),
			),
		}),
	}
}
