import { may, type Grant } from './grant.ts'
import { LIMITED_PERMISSIONS, type CurrencyLimits } from './limits.ts'

function coversLimits(own: CurrencyLimits | undefined, given: CurrencyLimits | undefined): boolean {
	if (!own) return true
	if (!given) return false
	return Object.entries(given).every(([currency, most]) => {
		if (!Object.hasOwn(own, currency)) return false
		const mine = own[currency] ?? null
		return mine === null || (most !== null && most <= mine)
	})
}

/** Whether `own` allows everything that `given` does, up to the same amounts: nobody hands out more than they hold. */
export const covers = (own: Grant, given: Grant): boolean =>
	[...given.permissions].every((permission) => may(own, permission)) &&
	LIMITED_PERMISSIONS.filter((permission) => may(given, permission)).every((permission) =>
		coversLimits(own.limits[permission], given.limits[permission]),
	) &&
	(own.isOwner || !given.isOwner)
