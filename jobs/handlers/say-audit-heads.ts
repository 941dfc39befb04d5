import type { Kysely } from 'kysely'
import type { Logger } from '#app/telemetry/logger.server.ts'
import { listHeads } from '#db/queries/audit-chain.ts'
import type { DB } from '#db/schema.ts'
import { sayAuditHeads } from '#jobs/catalog/audit.ts'
import { handles } from './handles.ts'

type Deps = { db: Kysely<DB>; logger: Pick<Logger, 'info'> }

/** Whoever rewrites a whole chain cannot rewrite a log that was shipped: `ops -- audit verify --heads` compares. */
export default handles(sayAuditHeads, async ({ db, logger }: Deps) => {
	for (const { merchantId, seq, hash } of await listHeads(db))
		logger.info({ metric: 'audit_head', merchantId, seq: Number(seq), hash }, 'last line of the audit record')
	return 'done'
})
