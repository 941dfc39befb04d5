import { MOVES_MONEY, type Permission } from './permissions.ts'
import { isRole, ROLES } from './roles.ts'

/** What one caller may do for one merchant: a person by their role, a machine by its key. */
export type Grant = {
	permissions: ReadonlySet<Permission>
}

export const grantOf = (permissions: Iterable<Permission>): Grant => ({ permissions: new Set(permissions) })

/** A role nobody knows may do nothing. */
export const grantOfRole = (role: string): Grant => grantOf(isRole(role) ? ROLES[role].may : [])

export const may = ({ permissions }: Grant, permission: Permission): boolean => permissions.has(permission)

/** What is left to somebody who must set up a second factor first. */
export const withoutMoney = (grant: Grant): Grant => ({
	...grant,
	permissions: new Set([...grant.permissions].filter((permission) => !MOVES_MONEY.has(permission))),
})
