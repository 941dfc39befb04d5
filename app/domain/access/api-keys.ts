import { grantOf, may, type Grant } from './grant.ts'
import { isLimited } from './limits.ts'
import { ALL_PERMISSIONS, isPermission, type Permission } from './permissions.ts'

export const API_KEY_KINDS = ['secret', 'restricted', 'publishable'] as const
export type ApiKeyKind = (typeof API_KEY_KINDS)[number]

/** Only people decide who may do what: a key that leaked must not make another that outlives it. */
const FOR_PEOPLE: ReadonlySet<Permission> = new Set<Permission>(['team.manage', 'keys.manage'])

/** What a key can be allowed to do. */
export const KEY_PERMISSIONS: readonly Permission[] = ALL_PERMISSIONS.filter(
	(permission) => !FOR_PEOPLE.has(permission),
)

/** A publishable key is in the page's source: it shows and moves nothing. */
export const permissionsOfKey = (
	kind: ApiKeyKind,
	chosen: readonly string[] | null,
): readonly Permission[] => {
	if (kind === 'secret') return KEY_PERMISSIONS
	return kind === 'publishable'
		? []
		: (chosen ?? []).filter(isPermission).filter((permission) => !FOR_PEOPLE.has(permission))
}

export const grantOfKey = (kind: ApiKeyKind, chosen: readonly string[] | null): Grant =>
	grantOf(permissionsOfKey(kind, chosen))

/** Nobody gives a machine more than they have: a key has no limits, so what is limited for its maker is not theirs to give. */
export const missingFor = (holder: Grant, wanted: readonly Permission[]): readonly Permission[] =>
	wanted.filter((permission) => {
		const limits = isLimited(permission) ? holder.limits[permission] : undefined
		return !may(holder, permission) || limits !== undefined
	})

/** Hours for which a rolled key goes on working beside the one that takes over. */
export const OVERLAP_HOURS = [0, 1, 24, 72] as const
export type OverlapHours = (typeof OVERLAP_HOURS)[number]

type Life = { revokedAt: Date | null; expiresAt: Date | null }

export const isLive = ({ revokedAt, expiresAt }: Life, now: Date): boolean =>
	revokedAt === null && (expiresAt === null || expiresAt > now)

/** A rolled key ends with the overlap, or before if it would have ended anyway. */
export function endOfRolled(expiresAt: Date | null, now: Date, overlapHours: OverlapHours): Date {
	const end = new Date(now.getTime() + overlapHours * 3_600_000)
	return expiresAt !== null && expiresAt < end ? expiresAt : end
}
