/** The bar is the same by day and by night; only the counts differ. */
export type Sizes = {
	kills: { atEach: number }
	shutdowns: { count: number; cutsAtEach: number }
	gatewayFaults: { rounds: number; calls: number }
	webhooks: { deliveries: number }
	/** How often each of the two instances is replaced. */
	restarts: { rounds: number }
}

/** Seventeen moments: at least 100 kills, and each moment at least five times. */
export const CI: Sizes = {
	kills: { atEach: 6 },
	shutdowns: { count: 20, cutsAtEach: 2 },
	gatewayFaults: { rounds: 1, calls: 2_000 },
	webhooks: { deliveries: 10_000 },
	restarts: { rounds: 2 },
}

export const NIGHTLY: Sizes = {
	kills: { atEach: 30 },
	shutdowns: { count: 100, cutsAtEach: 20 },
	gatewayFaults: { rounds: 5, calls: 2_000 },
	webhooks: { deliveries: 100_000 },
	restarts: { rounds: 10 },
}
