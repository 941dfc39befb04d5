/** The one place where an amount becomes a JSON number. Throws RangeError beyond what a number holds exactly. */
export function jsonAmount(minor: bigint): number {
	// eslint-disable-next-line no-restricted-syntax -- checked to be exact on the next line
	const amount = Number(minor)
	if (!Number.isSafeInteger(amount)) throw new RangeError(`${minor} is too large for a JSON number`)
	return amount
}
