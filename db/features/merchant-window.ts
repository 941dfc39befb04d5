/** Windows over a merchant's past, in days; they end where outcomes are known (`s.settled`). */
export const MERCHANT_WINDOWS = [1, 3, 7, 14, 28, 30] as const
export type MerchantWindow = (typeof MERCHANT_WINDOWS)[number]

export const outcomesWithin = (days: MerchantWindow, column: 'payments' | 'frauds'): string =>
	`coalesce(sum(m.${column}) filter (where m.days = ${days} or (m.days < ${days} and not m.is_edge)), 0)`
