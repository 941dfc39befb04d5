import type { Limits } from './limits.ts'
import { ALL_PERMISSIONS, MOVES_MONEY, OF_THE_HOUSE, type Permission } from './permissions.ts'
import { isRole, ROLES } from './roles.ts'

/** What one caller may do for one merchant: a person by their role, a machine by its key. */
export type Grant = {
	readonly permissions: ReadonlySet<Permission>
	/** How much money at most, for the permissions that have a limit. */
	readonly limits: Limits
	/** Only owners make and unmake owners. */
	readonly isOwner: boolean
}

export const grantOf = (
	permissions: Iterable<Permission>,
	{ limits = {}, isOwner = false }: { limits?: Limits; isOwner?: boolean } = {},
): Grant => ({ permissions: new Set(permissions), limits, isOwner })

/** The house itself, carrying out what time or an earlier decision asks for. */
export const HOUSE_GRANT: Grant = grantOf(ALL_PERMISSIONS)

/** A shipped role. One nobody knows may do nothing. */
export const grantOfRole = (role: string): Grant =>
	grantOf(isRole(role) ? ROLES[role].may : [], { isOwner: role === 'owner' })

export const may = ({ permissions }: Grant, permission: Permission): boolean => permissions.has(permission)

const without = (grant: Grant, taken: ReadonlySet<Permission>): Grant => ({
	...grant,
	permissions: new Set([...grant.permissions].filter((permission) => !taken.has(permission))),
})

export type Rights = {
	readonly grant: Grant
	/** What of their role waits for a second factor, and is not in the grant until then. */
	readonly withheld: ReadonlySet<Permission>
}

/**
 * A role or a key as it counts now: `lacksFactor`, whether a second factor must be set up before money is moved;
 * `runsHouse`, whether the merchant is the one that runs the installation.
 */
export function rightsOf(
	asked: Grant,
	{ lacksFactor, runsHouse }: { lacksFactor: boolean; runsHouse: boolean },
): Rights {
	const whole = runsHouse ? asked : without(asked, OF_THE_HOUSE)
	if (!lacksFactor) return { grant: whole, withheld: new Set() }
	return {
		grant: without(whole, MOVES_MONEY),
		withheld: new Set([...MOVES_MONEY].filter((money) => may(whole, money))),
	}
}
