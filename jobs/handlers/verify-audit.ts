import type { Kysely } from 'kysely'
import { verifyAudit as verify } from '#app/commands/audit/verify-audit.server.ts'
import type { Logger } from '#app/telemetry/logger.server.ts'
import type { DB } from '#db/schema.ts'
import { verifyAudit } from '#jobs/catalog/audit.ts'
import { handles } from './handles.ts'

type Deps = {
	db: Kysely<DB>
	clock: { now(): Date }
	committed: (queues: readonly string[]) => void
	logger: Pick<Logger, 'info' | 'error'>
}

/** Safe to run twice: it reads, and says what it found again. */
export default handles(verifyAudit, async (deps: Deps, { merchantId }) => {
	const walked = await verify(deps, merchantId)
	const rows = walked.reduce((sum, { holdsUpTo }) => sum + Number(holdsUpTo), 0)
	const broken = walked.flatMap((one) =>
		one.broken
			? [{ merchantId: one.merchantId, row: Number(one.broken.seq), problem: one.broken.problem }]
			: [],
	)
	const fields = { metric: 'audit', merchants: walked.length, rows, broken }
	if (broken.length === 0) deps.logger.info(fields, 'the audit record holds')
	else deps.logger.error(fields, 'the audit record was tampered with')
	return 'done'
})
