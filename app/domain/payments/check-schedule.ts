import type { GatewayOutcome } from './ports.ts'

/** Seconds to wait before each question about an outcome we do not know; after the last one a person decides. */
export const CHECK_DELAYS_SECONDS = [5, 15, 60, 300, 900, 3_600, 21_600, 72_000] as const

/** The same while a payer is at their bank: its message may be lost, and after 24 h the payment expires. */
export const ACTION_CHECK_DELAYS_SECONDS = [60, 300, 900, 3_600, 10_800, 21_600, 43_200] as const

/** Delay before check number `checksDone + 1`, or null when the schedule is used up. */
export const nextCheckDelay = (checksDone: number): number | null => CHECK_DELAYS_SECONDS[checksDone] ?? null

/** Seconds until the gateway is asked again about an attempt with this outcome; null = no further question. */
export function delayAfter(kind: GatewayOutcome['kind'], checksDone: number): number | null {
	if (kind === 'unknown' || kind === 'processing') return nextCheckDelay(checksDone)
	return kind === 'action_needed' || kind === 'approved'
		? (ACTION_CHECK_DELAYS_SECONDS[checksDone] ?? null)
		: null
}

/** Whether an outcome leaves something to ask about. */
export const isOpenOutcome = (kind: GatewayOutcome['kind']): boolean =>
	kind === 'unknown' || kind === 'processing' || kind === 'action_needed' || kind === 'approved'
