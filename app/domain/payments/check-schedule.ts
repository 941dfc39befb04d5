/** Seconds to wait before each question about an outcome we do not know; after the last one a person decides. */
export const CHECK_DELAYS_SECONDS = [5, 15, 60, 300, 900, 3_600, 21_600, 72_000] as const

/** Delay before check number `checksDone + 1`, or null when the schedule is used up. */
export const nextCheckDelay = (checksDone: number): number | null => CHECK_DELAYS_SECONDS[checksDone] ?? null
