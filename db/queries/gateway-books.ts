import { sql } from 'kysely'
import type {
	GatewayCharge,
	GatewayMovement,
	GatewayPayout,
	GatewayRefund,
	Span,
} from '../../app/domain/reconciliation/ports.ts'
import { newId } from '../../app/domain/ids/new-id.ts'
import type { Executor, Tx } from '../client.ts'
import { toJson } from './payments.ts'

/** The last row of each key: one statement cannot write the same row twice. */
const latest = <T>(items: readonly T[], keyOf: (item: T) => string): T[] => [
	...new Map(items.map((item) => [keyOf(item), item])).values(),
]

/** Keeps what the gateway says of its charges; an authorization that was captured is replaced by its charge. */
export async function keepCharges(
	tx: Tx,
	provider: string,
	charges: readonly GatewayCharge[],
): Promise<void> {
	if (charges.length === 0) return
	const rows = latest(charges, ({ ref }) => ref).map((charge) => ({
		provider,
		kind: charge.kind,
		provider_ref: charge.ref,
		status: charge.status,
		charge_ref: charge.chargeRef,
		amount_minor: charge.amountMinor,
		currency: charge.currency,
		fee_minor: charge.feeMinor,
		our_ref: charge.ourRef,
		parent_ref: null,
		occurred_at: charge.occurredAt,
	}))
	await sql`
		delete from gateway_observations o
		using jsonb_to_recordset(${toJson(rows)}::jsonb) as c (provider_ref text, kind text)
		where o.provider = ${provider} and o.provider_ref = c.provider_ref and o.kind <> c.kind
			and o.kind in ('charge', 'authorization')`.execute(tx)
	await keepObservations(tx, rows)
}

export async function keepRefunds(
	tx: Tx,
	provider: string,
	refunds: readonly GatewayRefund[],
): Promise<void> {
	await keepObservations(
		tx,
		latest(refunds, ({ ref }) => ref).map((refund) => ({
			provider,
			kind: 'refund',
			provider_ref: refund.ref,
			status: refund.status,
			charge_ref: null,
			amount_minor: refund.amountMinor,
			currency: refund.currency,
			fee_minor: null,
			our_ref: refund.ourRef,
			parent_ref: refund.parentRef,
			occurred_at: refund.occurredAt,
		})),
	)
}

async function keepObservations(tx: Tx, rows: readonly object[]): Promise<void> {
	if (rows.length === 0) return
	await sql`
		insert into gateway_observations (provider, kind, provider_ref, status, charge_ref, amount_minor, currency,
			fee_minor, our_ref, parent_ref, occurred_at)
		select provider, kind, provider_ref, status, charge_ref, amount_minor, currency, fee_minor, our_ref, parent_ref,
			occurred_at
		from jsonb_populate_recordset(null::gateway_observations, ${toJson(rows)}::jsonb)
		on conflict (livemode, provider, provider_ref, kind) do update set status = excluded.status,
			charge_ref = excluded.charge_ref, amount_minor = excluded.amount_minor, currency = excluded.currency,
			fee_minor = excluded.fee_minor, our_ref = excluded.our_ref, parent_ref = excluded.parent_ref,
			occurred_at = excluded.occurred_at, observed_at = now()`.execute(tx)
}

/** A line of the gateway's account never changes; only when it becomes available may. */
export async function keepMovements(
	tx: Tx,
	provider: string,
	movements: readonly GatewayMovement[],
): Promise<void> {
	if (movements.length === 0) return
	const rows = latest(movements, ({ ref }) => ref).map((movement) => ({
		provider,
		provider_ref: movement.ref,
		type: movement.type,
		source_ref: movement.sourceRef,
		amount_minor: movement.amountMinor,
		fee_minor: movement.feeMinor,
		net_minor: movement.netMinor,
		currency: movement.currency,
		occurred_at: movement.occurredAt,
		available_at: movement.availableAt,
	}))
	await sql`
		insert into gateway_movements (provider, provider_ref, type, source_ref, amount_minor, fee_minor, net_minor,
			currency, occurred_at, available_at)
		select provider, provider_ref, type, source_ref, amount_minor, fee_minor, net_minor, currency, occurred_at,
			available_at
		from jsonb_populate_recordset(null::gateway_movements, ${toJson(rows)}::jsonb)
		on conflict (livemode, provider, provider_ref) do update set available_at = excluded.available_at,
			amount_minor = excluded.amount_minor, fee_minor = excluded.fee_minor, net_minor = excluded.net_minor,
			observed_at = now()`.execute(tx)
}

export async function keepPayouts(
	tx: Tx,
	provider: string,
	merchantId: string,
	payouts: readonly GatewayPayout[],
): Promise<void> {
	if (payouts.length === 0) return
	const rows = latest(payouts, ({ ref }) => ref).map((payout) => ({
		id: newId('po'),
		merchant_id: merchantId,
		provider,
		provider_ref: payout.ref,
		status: payout.status,
		amount_minor: payout.amountMinor,
		currency: payout.currency,
		arrives_at: payout.arrivesAt,
		statement_text: payout.statementText,
		created_at: payout.createdAt,
	}))
	await sql`
		insert into payouts (id, merchant_id, provider, provider_ref, status, amount_minor, currency, arrives_at,
			statement_text, created_at)
		select id, merchant_id, provider, provider_ref, status, amount_minor, currency, arrives_at, statement_text, created_at
		from jsonb_populate_recordset(null::payouts, ${toJson(rows)}::jsonb)
		on conflict (provider, provider_ref) do update set status = excluded.status, arrives_at = excluded.arrives_at,
			statement_text = excluded.statement_text`.execute(tx)
}

/** Says that everything the gateway did in this span has been read. */
export async function insertImport(tx: Tx, provider: string, { from, until }: Span): Promise<void> {
	await sql`
		insert into gateway_imports (id, provider, covered_from, covered_until)
		values (${newId('imp')}, ${provider}, ${from}, ${until})`.execute(tx)
}

/** Everything before this moment has been read; null before the first import. */
export async function readCoveredUntil(db: Executor, provider: string): Promise<Date | null> {
	const { rows } = await sql<{ until: Date | null }>`
		select max(covered_until) as until from gateway_imports where provider = ${provider}`.execute(db)
	return rows[0]?.until ?? null
}

export type AccountLine = { provider_ref: string; source_ref: string | null; occurred_at: Date }

type Place = { occurredAt: Date; ref: string }

/** Lines of the gateway's account in order of time, after a place. */
export async function accountLinesAfter(
	db: Executor,
	provider: string,
	{ from, until }: Span,
	after: Place | null,
	limit: number,
): Promise<AccountLine[]> {
	const place = after ?? { occurredAt: from, ref: '' }
	const { rows } = await sql<AccountLine>`
		select provider_ref, source_ref, occurred_at from gateway_movements
		where provider = ${provider} and (occurred_at, provider_ref) > (${place.occurredAt}, ${place.ref})
			and occurred_at < ${until}
		order by occurred_at, provider_ref limit ${limit}`.execute(db)
	return rows
}

/** Charges and refunds these sources name which are not read, or not since their money last moved. */
export async function sourcesToRead(
	db: Executor,
	provider: string,
	sources: readonly string[],
): Promise<string[]> {
	const { rows } = await sql<{ source: string }>`
		select distinct m.source_ref as source
		from gateway_movements m
		left join gateway_observations c on c.provider = m.provider and c.charge_ref = m.source_ref
		left join gateway_observations r on r.provider = m.provider and r.provider_ref = m.source_ref and r.kind = 'refund'
		where m.provider = ${provider} and m.source_ref = any(${sources})
			and ((m.type in ('charge', 'payment') and c.kind is distinct from 'charge')
				or (m.type in ('refund', 'payment_refund') and r.provider_ref is null)
				or (m.type in ('refund_failure', 'payment_failure_refund')
					and (r.status is null or r.status not in ('failed', 'canceled'))))`.execute(db)
	return rows.map((row) => row.source)
}
