/** One finished or failed check of all invariants. Times are Unix ms. */
export type RunFacts = {
	startedAt: number
	finishedAt: number | null
	violations: number | null
	error: string | null
}

/**
 * `holds` and `broken` are results; `failed`: the check could not be made; `stale`: the last result is too old to
 * say anything about now; `never`: no check has ended yet.
 */
export type Verdict = 'never' | 'holds' | 'broken' | 'failed' | 'stale'

/** Twice the interval of the job: one lost run is not yet silence. */
export const STALE_MS = 2 * 3_600_000

/** What may be said of the present from the newest runs, newest first. */
export function judgeRuns(runs: readonly RunFacts[], nowMs: number): Verdict {
	const last = runs.find((run) => run.finishedAt !== null)
	if (!last?.finishedAt) return 'never'
	if (last.error === null && (last.violations ?? 0) > 0) return 'broken'
	if (nowMs - last.finishedAt > STALE_MS) return 'stale'
	return last.error === null ? 'holds' : 'failed'
}
