import { exponentOf } from '../money/currency.ts'
import type { Money } from '../money/money.ts'
import { ONE, type Rate } from './rate.ts'
import type { Rounding } from './rounding.ts'

/** An amount of 0 or more in another currency; `rate` is what one unit of its own currency is worth there. */
export function convert(amount: Money, currency: string, rate: Rate, rounding: Rounding): Money {
	const numerator = amount.minor * rate * 10n ** BigInt(exponentOf(currency))
	const denominator = ONE * 10n ** BigInt(exponentOf(amount.currency))
	return { minor: rounding(numerator, denominator), currency }
}
