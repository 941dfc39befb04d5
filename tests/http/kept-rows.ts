import { sql } from 'kysely'
import { JOBS } from '#jobs/catalog/queues.ts'
import type { House } from '#tests/support/house.ts'

/** What the clock queues comes whatever a test does. */
const OURS = JOBS.filter(({ round }) => !round).map(({ name }) => name)

/** How many rows of each kind there are: equal before and after means that nothing was written. */
export async function countRows({ services }: House): Promise<Record<string, number>> {
	const { rows } = await sql<Record<string, number>>`
		select
			(select count(*)::int from payments) as payments,
			(select count(*)::int from payment_attempts) as attempts,
			(select count(*)::int from refunds) as refunds,
			(select count(*)::int from events) as events,
			(select count(*)::int from audit_log) as audit,
			(select count(*)::int from ledger_entries) as entries,
			(select count(*)::int from webhook_inbox) as inbox,
			(select count(*)::int from idempotency_keys) as keys,
			(select count(*)::int from pgboss.job where name = any(${OURS})) as jobs`.execute(services.db)
	return rows[0] ?? {}
}
