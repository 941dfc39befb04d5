import { sql } from 'kysely'
import { TECHNICAL_CODES } from '../../app/domain/declines/standard-declines.ts'
import { HEALTH_WINDOW_MS, type GatewayHealth } from '../../app/domain/routing/breaker.ts'
import type { Executor } from '../client.ts'

/** How each gateway of a world did in the last minutes, for everybody: an outage spares no merchant. */
export async function readGatewayHealth(
	db: Executor,
	livemode: boolean,
): Promise<Map<string, GatewayHealth>> {
	const { rows } = await sql<{
		provider: string
		attempts: number
		technical: number
		last_start: Date | null
	}>`
		select a.provider, count(*)::int as attempts,
			(count(*) filter (where a.status = 'unknown' or a.standard_code = any(${TECHNICAL_CODES})))::int as technical,
			max(a.started_at) as last_start
		from payment_attempts a join payments p on p.id = a.payment_id and p.livemode = ${livemode}
		where a.started_at > now() - make_interval(secs => ${HEALTH_WINDOW_MS / 1000})
		group by a.provider`.execute(db)
	return new Map(
		rows.map((row) => [
			row.provider,
			{ attempts: row.attempts, technical: row.technical, lastStart: row.last_start },
		]),
	)
}

export type GatewayTotals = { tries: number; succeeded: number; declined: number; technical: number }

/** What became of one merchant's tries at each gateway in the last day. */
export async function readGatewayTotals(
	db: Executor,
	merchantId: string,
): Promise<ReadonlyMap<string, GatewayTotals>> {
	const { rows } = await sql<GatewayTotals & { provider: string }>`
		select provider, count(*)::int as tries,
			(count(*) filter (where status in ('succeeded', 'authorized')))::int as succeeded,
			(count(*) filter (where status = 'declined'))::int as declined,
			(count(*) filter (where status = 'unknown' or standard_code = any(${TECHNICAL_CODES})))::int as technical
		from payment_attempts where merchant_id = ${merchantId} and started_at > now() - interval '1 day'
		group by provider`.execute(db)
	return new Map(rows.map(({ provider, ...totals }) => [provider, totals]))
}
