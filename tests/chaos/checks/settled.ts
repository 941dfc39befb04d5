import { setTimeout as sleep } from 'node:timers/promises'
import type { ChaosDatabase } from '../stage/database.ts'

const PATIENCE_MS = 120_000
const LOOK_MS = 250

/** What has neither an end nor a person looking after it. */
const UNDER_WAY = `
	with watched as (select subject_id from attention_items where closed_at is null)
	select 'payment ' || id || ' ' || status || coalesce(' ' || requested_operation, '') as what from payments
		where (status in ('screening', 'processing') or requested_operation is not null)
			and id not in (select subject_id from watched)
	union all
	select 'refund ' || id || ' ' || status from refunds
		where status in ('pending', 'requires_action') and id not in (select subject_id from watched)
	union all
	select 'message ' || id || ' ' || type from webhook_inbox where processed_at is null and dead_at is null
	union all
	select 'job ' || name || ' ' || state from pgboss.job
		where state in ('created', 'retry', 'active') and start_after <= now() and name not like '\\_\\_pgboss%'`

export type Settled = { seconds: number; underWay: string[] }

/** Waits until nothing is under way, at most two minutes. */
export async function settled({ pool }: ChaosDatabase, signal: AbortSignal): Promise<Settled> {
	const startedAt = performance.now()
	for (;;) {
		const { rows } = await pool.query<{ what: string }>(UNDER_WAY)
		const passed = performance.now() - startedAt
		if (rows.length === 0 || passed > PATIENCE_MS) {
			return { seconds: passed / 1000, underWay: rows.map(({ what }) => what) }
		}
		await sleep(LOOK_MS, undefined, { signal })
	}
}
