/** They have no smaller unit any more, and Stripe still counts them in hundredths: 5 ISK are sent as 500. */
const IN_HUNDREDTHS: ReadonlySet<string> = new Set(['isk', 'ugx'])

const unitsOf = (currency: string): bigint => (IN_HUNDREDTHS.has(currency) ? 100n : 1n)

/** Our minor units as Stripe counts them. Stripe takes 12 digits at most, which a number holds exactly. */
export const toWire = (minor: bigint, currency: string): number => Number(minor * unitsOf(currency))

/** An amount of Stripe's in our minor units; null when it is none of ours: no whole number of them, or no safe integer. */
export function fromWire(amount: number, currency: string): bigint | null {
	if (!Number.isSafeInteger(amount)) return null
	const wire = BigInt(amount)
	return wire % unitsOf(currency) === 0n ? wire / unitsOf(currency) : null
}

/** The same where an unreadable amount makes the whole object unreadable. Throws RangeError. */
export function amountOnWire(amount: number, currency: string): bigint {
	const minor = fromWire(amount, currency)
	if (minor === null) throw new RangeError(`${amount} is no amount in ${currency}`)
	return minor
}
