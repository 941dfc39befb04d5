/** How long and how much: every load is bounded by both. */
export type Limits = {
	warmUpSeconds: number
	loadSeconds: number
	ceilingSeconds: number
	mostPayments: number
	/** Payments sent one at a time for the idle latency. */
	idlePayments: number
	/** After this a backlog counts as stuck. */
	drainSeconds: number
}

export const CONNECTIONS = 32
/** Sockets an open loop may use: an arrival must not wait for a free one. */
export const OPEN_LOOP_SOCKETS = 256
export const CEILING_CLIENTS = 8

export const FULL: Limits = {
	warmUpSeconds: 4,
	loadSeconds: 12,
	ceilingSeconds: 10,
	mostPayments: 30_000,
	idlePayments: 150,
	drainSeconds: 120,
}

export const QUICK: Limits = {
	warmUpSeconds: 2,
	loadSeconds: 4,
	ceilingSeconds: 4,
	mostPayments: 8_000,
	idlePayments: 40,
	drainSeconds: 60,
}
