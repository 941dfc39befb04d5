import type { Limits } from './limits.ts'
import { ALL_PERMISSIONS, MOVES_MONEY, OF_THE_HOUSE, READS, type Permission } from './permissions.ts'
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

/** What somebody of a suspended business is told. */
export const SUSPENDED =
	'Nothing was done: this business is suspended. Everything can still be read; ask whoever runs Tillhouse for you.'

type Test = (permission: Permission) => boolean

const chosen = ({ permissions }: Grant, test: Test): ReadonlySet<Permission> =>
	new Set([...permissions].filter(test))

export type Rights = {
	readonly grant: Grant
	/** What of their role waits for a second factor, and is not in the grant until then. */
	readonly withheld: ReadonlySet<Permission>
	/** What waits for the end of the merchant's suspension, and is not in the grant until then. */
	readonly suspended: ReadonlySet<Permission>
}

type Standing = {
	/** A second factor must be set up before money is moved. */
	lacksFactor: boolean
	isSuspended: boolean
	/** Theirs is the business that runs the installation. */
	runsHouse: boolean
}

/** A role or a key as it counts now. */
export function rightsOf(role: Grant, { lacksFactor, isSuspended, runsHouse }: Standing): Rights {
	const whole = { ...role, permissions: chosen(role, (asked) => runsHouse || !OF_THE_HOUSE.has(asked)) }
	const suspended = chosen(whole, (permission) => isSuspended && !READS.has(permission))
	const withheld = chosen(
		whole,
		(permission) => lacksFactor && MOVES_MONEY.has(permission) && !suspended.has(permission),
	)
	const isLeft: Test = (permission) => !suspended.has(permission) && !withheld.has(permission)
	return { grant: { ...whole, permissions: chosen(whole, isLeft) }, withheld, suspended }
}
