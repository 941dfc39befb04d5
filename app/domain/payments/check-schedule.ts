import type { GatewayOutcome } from './ports.ts'

/** Seconds to wait before each question about an outcome we do not know; after the last one a person decides. */
export const CHECK_DELAYS_SECONDS = [5, 15, 60, 300, 900, 3_600, 21_600, 72_000] as const

/** The same while a payer is at their bank: its message may be lost, and after 24 h the payment expires. */
export const ACTION_CHECK_DELAYS_SECONDS = [60, 300, 900, 3_600, 10_800, 21_600, 43_200] as const

const DAY_SECONDS = 86_400

/** The same while the gateway says that it is at it: a bank debit takes days, and its message may be lost. */
export const PROCESSING_CHECK_DELAYS_SECONDS: readonly number[] = [
	5,
	15,
	60,
	300,
	900,
	3_600,
	21_600,
	...Array<number>(14).fill(DAY_SECONDS),
]

const SCHEDULES: Partial<Record<GatewayOutcome['kind'], readonly number[]>> = {
	unknown: CHECK_DELAYS_SECONDS,
	processing: PROCESSING_CHECK_DELAYS_SECONDS,
	action_needed: ACTION_CHECK_DELAYS_SECONDS,
	approved: ACTION_CHECK_DELAYS_SECONDS,
}

/** Delay before check number `checksDone + 1` of an unknown outcome, or null when the schedule is used up. */
export const nextCheckDelay = (checksDone: number): number | null => CHECK_DELAYS_SECONDS[checksDone] ?? null

/** Seconds until the gateway is asked again about an attempt with this outcome; null = no further question. */
export const delayAfter = (kind: GatewayOutcome['kind'], checksDone: number): number | null =>
	SCHEDULES[kind]?.[checksDone] ?? null

/** Whether an outcome leaves something to ask about. */
export const isOpenOutcome = (kind: GatewayOutcome['kind']): boolean => kind in SCHEDULES
