/** One gateway in the last HEALTH_WINDOW_MS. */
export type GatewayHealth = {
	readonly attempts: number
	/** Answers that were missing, and refusals that were the gateway's or the bank's own trouble. */
	readonly technical: number
	readonly lastStart: Date | null
}

export const HEALTH_WINDOW_MS = 5 * 60_000
/** Below this, bad luck looks like an outage. */
const ENOUGH_ATTEMPTS = 10
const PROBE_EVERY_MS = 10_000

/** `open`: nothing is sent there. `probe`: open, but one payment may find out whether it is well again. */
export type BreakerState = 'closed' | 'open' | 'probe'

export function breakerOf(health: GatewayHealth | undefined, now: Date): BreakerState {
	if (!health || health.attempts < ENOUGH_ATTEMPTS || health.technical * 2 < health.attempts) return 'closed'
	const idleMs = health.lastStart ? now.getTime() - health.lastStart.getTime() : Infinity
	return idleMs >= PROBE_EVERY_MS ? 'probe' : 'open'
}
