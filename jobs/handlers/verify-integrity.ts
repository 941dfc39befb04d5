import type { Kysely } from 'kysely'
import { verifyIntegrity as verify } from '#app/commands/integrity/verify-integrity.server.ts'
import type { Logger } from '#app/telemetry/logger.server.ts'
import type { InvariantCheck } from '#db/check-invariants.ts'
import { wasCheckedWithin } from '#db/queries/integrity.ts'
import type { DB } from '#db/schema.ts'
import { verifyIntegrity } from '#jobs/catalog/integrity.ts'
import { handles } from './handles.ts'

type Deps = {
	db: Kysely<DB>
	clock: { now(): Date }
	inspect: () => Promise<InvariantCheck>
	committed: (queues: readonly string[]) => void
	logger: Pick<Logger, 'info' | 'error'>
}

/** A round that was asked for twice is made once. */
const JUST_NOW_SECONDS = 600

/** Safe to run twice: it only reads the books. */
export default handles(verifyIntegrity, async (deps: Deps, { requestedBy }) => {
	if (requestedBy === 'hourly' && (await wasCheckedWithin(deps.db, JUST_NOW_SECONDS))) return 'done'
	const { runId, rowsChecked, violationCount, durationMs, counts } = await verify(deps, requestedBy)
	const broken = counts.filter(({ violations }) => violations > 0)
	const fields = { metric: 'integrity', runId, rowsChecked, violations: violationCount, durationMs }
	if (violationCount === 0) deps.logger.info(fields, 'the books hold')
	else deps.logger.error({ ...fields, broken }, 'the books break a promise')
	return 'done'
})
