/** Divides whole numbers, `numerator` 0 or more and `denominator` above 0, and says where a rest goes. */
export type Rounding = (numerator: bigint, denominator: bigint) => bigint

/** Never less than the exact result: for what somebody is asked to pay. */
export const roundUp: Rounding = (numerator, denominator) => (numerator + denominator - 1n) / denominator

export const roundDown: Rounding = (numerator, denominator) => numerator / denominator

/** To the nearest, halves up: for shares, and as PostgreSQL's round(numeric) does, so that SQL can check them. */
export const roundHalfUp: Rounding = (numerator, denominator) =>
	(2n * numerator + denominator) / (2n * denominator)

/** To the nearest, halves to the even neighbour: for valuations, where no side may gain in the long run. */
export const roundHalfEven: Rounding = (numerator, denominator) => {
	const below = numerator / denominator
	const rest = 2n * (numerator % denominator)
	if (rest < denominator) return below
	if (rest > denominator) return below + 1n
	return below % 2n === 0n ? below : below + 1n
}
