import type { Permission } from './permissions.ts'

/** The permissions by which somebody decides alone that an amount moves. */
export const LIMITED_PERMISSIONS = [
	'payments.operate',
	'reviews.decide',
	'refunds.create',
	'refunds.approve',
] as const satisfies readonly Permission[]

export type LimitedPermission = (typeof LIMITED_PERMISSIONS)[number]

/** In minor units by lowercase currency; null = no limit in that currency, a currency that is missing = nothing. */
export type CurrencyLimits = Readonly<Record<string, bigint | null>>

/** A permission that is missing has no limit in any currency. */
export type Limits = Readonly<Partial<Record<LimitedPermission, CurrencyLimits>>>

export const isLimited = (permission: Permission): permission is LimitedPermission =>
	LIMITED_PERMISSIONS.some((limited) => limited === permission)
