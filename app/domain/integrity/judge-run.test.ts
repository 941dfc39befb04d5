import { expect, test } from 'vitest'
import { judgeRuns, STALE_MS, type RunFacts } from './judge-run.ts'

const NOW = 1_800_000_000_000
const run = (ageMs: number, facts: Partial<RunFacts> = {}): RunFacts => ({
	startedAt: NOW - ageMs - 5,
	finishedAt: NOW - ageMs,
	violations: 0,
	error: null,
	...facts,
})

test.each([
	['nothing was ever checked', [], 'never'],
	['the first check still runs', [run(0, { finishedAt: null, violations: null })], 'never'],
	['a clean check', [run(60_000)], 'holds'],
	[
		'a check under way after a clean one',
		[run(0, { finishedAt: null, violations: null }), run(60_000)],
		'holds',
	],
	['rows that break a promise', [run(60_000, { violations: 2 }), run(3_660_000)], 'broken'],
	[
		'a check that could not be made',
		[run(60_000, { violations: null, error: 'no answer' }), run(90_000)],
		'failed',
	],
	['a clean check of long ago', [run(STALE_MS + 1)], 'stale'],
	['trouble of long ago is still trouble', [run(STALE_MS + 1, { violations: 1 })], 'broken'],
] as const)('%s', (_, runs, verdict) => {
	expect(judgeRuns(runs, NOW)).toBe(verdict)
})
