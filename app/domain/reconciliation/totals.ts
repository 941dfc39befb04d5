/** The gateway's account against our ledger in one currency; see `residualOf`. */
export type AccountTotal = {
	readonly currency: string
	readonly gateway: bigint
	readonly ledger: bigint
	/** Booked here after the last moment that was read there. */
	readonly inFlight: bigint
	/** Refunds the gateway has not decided, payouts the bank has not shown. */
	readonly onTheWay: bigint
	/** The signed sum of all differences that are open or that a person has settled. */
	readonly listed: bigint
}

/** What no difference on the list explains: zero, or the comparison has missed something. */
export const residualOf = ({ gateway, ledger, inFlight, onTheWay, listed }: AccountTotal): bigint =>
	gateway - ledger + inFlight - onTheWay - listed

/** As text, since JSON has no bigint. */
export const storedTotals = (totals: readonly AccountTotal[]) =>
	totals.map((total) => ({
		currency: total.currency,
		gateway: total.gateway.toString(),
		ledger: total.ledger.toString(),
		inFlight: total.inFlight.toString(),
		onTheWay: total.onTheWay.toString(),
		listed: total.listed.toString(),
		residual: residualOf(total).toString(),
	}))

export type StoredTotal = ReturnType<typeof storedTotals>[number]

/** What nobody can explain: every open difference, taken without its sign, and what the comparison itself missed. */
export const unexplainedOf = (openMinor: bigint, residual: bigint): bigint =>
	openMinor + (residual < 0n ? -residual : residual)
