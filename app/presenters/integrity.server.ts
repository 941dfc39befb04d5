import type { Kysely } from 'kysely'
import { latestRuns, type IntegrityRun } from '#db/queries/integrity.ts'
import type { DB } from '#db/schema.ts'
import type { IntegrityReport, IntegrityRunView } from '../contracts/integrity.ts'
import { INVARIANT_WORDS } from '../domain/integrity/invariant-words.ts'
import { judgeRuns } from '../domain/integrity/judge-run.ts'
import { jsonAmount } from '../domain/money/json-amount.ts'

const MOST_RUNS = 24

function resultOf({ finished_at, error, violations }: IntegrityRun): IntegrityRunView['result'] {
	if (finished_at === null) return 'running'
	if (error !== null) return 'failed'
	return violations === 0 ? 'holds' : 'broken'
}

const runView = (run: IntegrityRun): IntegrityRunView => ({
	started_ms: run.started_at.getTime(),
	finished_ms: run.finished_at?.getTime() ?? null,
	rows_checked: run.rows_checked === null ? null : jsonAmount(run.rows_checked),
	violations: run.violations,
	result: resultOf(run),
})

const asFacts = (run: IntegrityRun) => ({
	startedAt: run.started_at.getTime(),
	finishedAt: run.finished_at?.getTime() ?? null,
	violations: run.violations,
	error: run.error,
})

/** For everybody: numbers and sentences, never a row. */
export async function presentIntegrity({
	db,
	clock,
}: {
	db: Kysely<DB>
	clock: { now(): Date }
}): Promise<IntegrityReport> {
	const runs = await latestRuns(db, MOST_RUNS)
	const said = runs.find((run) => run.finished_at !== null && run.error === null)
	const counts = new Map(said?.results.map(({ invariant, violations }) => [invariant, violations]))
	const view = said && runView(said)
	return {
		object: 'integrity',
		status: judgeRuns(runs.map(asFacts), clock.now().getTime()),
		checked_ms: view?.finished_ms ?? null,
		took_ms: view?.finished_ms ? view.finished_ms - view.started_ms : null,
		rows_checked: view?.rows_checked ?? null,
		violations: view?.violations ?? null,
		promises: Object.entries(INVARIANT_WORDS).map(([id, words]) => ({
			id,
			...words,
			violations: counts.get(id) ?? null,
		})),
		runs: runs.map(runView).reverse(),
	}
}
