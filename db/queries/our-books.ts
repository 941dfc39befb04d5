import { sql } from 'kysely'
import type { OurCharge } from '../../app/domain/reconciliation/compare-charge.ts'
import type { AccountLines } from '../../app/domain/reconciliation/compare-account.ts'
import type { OurRefund, RefundedPayment } from '../../app/domain/reconciliation/compare-refund.ts'
import type { GatewayCharge, GatewayRefund, Span } from '../../app/domain/reconciliation/ports.ts'
import { firstIdAt } from '../../app/domain/ids/new-id.ts'
import type { Executor } from '../client.ts'
import { toJson } from './payments.ts'

const OUR_CHARGE = sql`
	a.id as "attemptId", a.status as "attemptStatus", a.provider_ref as "providerRef",
	a.provider_charge_ref as "chargeRef", a.started_at as "startedAt", p.id as "paymentId",
	p.merchant_id as "merchantId", p.status as "paymentStatus", p.amount_minor as "amountMinor",
	p.captured_minor as "capturedMinor", p.requested_minor as "requestedMinor", p.currency,
	p.captured_at as "capturedAt",
	exists (select from payment_attempts o where o.payment_id = p.id and o.id <> a.id and o.status = 'succeeded')
		as "isPaidByOther"`

/** Our side of each charge, by the gateway's name of it: the attempt that carries it, or the one its metadata names. */
export async function findOurCharges(
	db: Executor,
	provider: string,
	charges: readonly GatewayCharge[],
): Promise<Map<string, OurCharge>> {
	const asked = charges.map(({ ref, ourRef }) => ({ ref, our_ref: ourRef }))
	const { rows } = await sql<OurCharge & { ref: string }>`
		select c.ref, ${OUR_CHARGE}
		from jsonb_to_recordset(${toJson(asked)}::jsonb) as c (ref text, our_ref text)
		join lateral (
			select x.* from payment_attempts x where x.provider = ${provider} and x.provider_ref = c.ref
			union all
			select x.* from payment_attempts x where x.id = c.our_ref and x.provider = ${provider}
				and not exists (select from payment_attempts y where y.provider = ${provider} and y.provider_ref = c.ref)
		) a on true
		join payments p on p.id = a.payment_id`.execute(db)
	return new Map(rows.map(({ ref, ...ours }) => [ref, ours]))
}

const OUR_REFUND = sql`
	r.id as "refundId", r.payment_id as "paymentId", r.merchant_id as "merchantId", r.provider_ref as "providerRef",
	r.status, r.amount_minor as "amountMinor", r.currency`

export async function findOurRefunds(
	db: Executor,
	provider: string,
	refunds: readonly GatewayRefund[],
): Promise<Map<string, OurRefund>> {
	const asked = refunds.map(({ ref, ourRef }) => ({ ref, our_ref: ourRef }))
	const { rows } = await sql<OurRefund & { ref: string }>`
		select c.ref, ${OUR_REFUND}
		from jsonb_to_recordset(${toJson(asked)}::jsonb) as c (ref text, our_ref text)
		join lateral (
			select x.* from refunds x where x.provider = ${provider} and x.provider_ref = c.ref
			union all
			select x.* from refunds x where x.id = c.our_ref and x.provider = ${provider}
				and not exists (select from refunds y where y.provider = ${provider} and y.provider_ref = c.ref)
		) r on true`.execute(db)
	return new Map(rows.map(({ ref, ...ours }) => [ref, ours]))
}

/** The payment behind each charge a refund names. */
export async function findRefundedPayments(
	db: Executor,
	provider: string,
	refunds: readonly GatewayRefund[],
): Promise<Map<string, RefundedPayment>> {
	const refs = refunds.flatMap(({ parentRef }) => parentRef ?? [])
	if (refs.length === 0) return new Map()
	const { rows } = await sql<RefundedPayment & { ref: string }>`
		select provider_ref as ref, payment_id as "paymentId", merchant_id as "merchantId"
		from payment_attempts where provider = ${provider} and provider_ref = any(${refs})`.execute(db)
	return new Map(rows.map(({ ref, ...payment }) => [ref, payment]))
}

/** Our ids and the database's clock may differ by this much. */
const ID_SLACK_MS = 600_000

/** A posting of money the gateway should have moved, and whether we have seen it there. */
export type BookedFact = { id: string; kind: 'capture' | 'refund'; ref: string | null; isSeen: boolean }

/** Captures and refunds our ledger booked in a span, in order, after a place. */
export async function bookedFactsAfter(
	db: Executor,
	provider: string,
	{ from, until }: Span,
	afterId: string | null,
	limit: number,
): Promise<BookedFact[]> {
	const first = afterId ?? firstIdAt('txn', new Date(from.getTime() - ID_SLACK_MS))
	const last = firstIdAt('txn', new Date(until.getTime() + ID_SLACK_MS))
	const { rows } = await sql<BookedFact>`
		select t.id, t.kind, coalesce(a.provider_ref, r.provider_ref) as ref,
			case t.kind
				when 'capture' then o.provider_ref is not null and m.provider_ref is not null
				else o.provider_ref is not null and o.status = 'succeeded' end as "isSeen"
		from ledger_transactions t
		left join payment_attempts a on t.kind = 'capture' and a.payment_id = t.source_id and a.status = 'succeeded'
		left join refunds r on t.kind = 'refund' and r.id = t.source_id
		left join gateway_observations o on o.provider = ${provider}
			and o.provider_ref = coalesce(a.provider_ref, r.provider_ref)
			and o.kind = case t.kind when 'capture' then 'charge' else 'refund' end
		left join lateral (
			select x.provider_ref from gateway_movements x
			where x.provider = ${provider} and x.source_ref = o.charge_ref limit 1) m on true
		where t.id > ${first} and t.id < ${last} and t.created_at >= ${from} and t.created_at < ${until}
			and t.kind in ('capture', 'refund')
			and coalesce(a.provider, r.provider, ${provider}) = ${provider}
			and (t.kind = 'capture' or r.status = 'succeeded')
		order by t.id limit ${limit}`.execute(db)
	return rows
}

export async function findChargesByRef(
	db: Executor,
	provider: string,
	refs: readonly string[],
): Promise<OurCharge[]> {
	const { rows } = await sql<OurCharge>`
		select ${OUR_CHARGE}
		from payment_attempts a join payments p on p.id = a.payment_id
		where a.provider = ${provider} and a.provider_ref = any(${refs})`.execute(db)
	return rows
}

export async function findRefundsByRef(
	db: Executor,
	provider: string,
	refs: readonly string[],
): Promise<OurRefund[]> {
	const { rows } = await sql<OurRefund>`
		select ${OUR_REFUND} from refunds r
		where r.provider = ${provider} and r.provider_ref = any(${refs})`.execute(db)
	return rows
}

/** What waits on our side since before a moment: the gateway may have moved on without telling. Names at the gateway. */
export async function openRefsAfter(
	db: Executor,
	provider: string,
	before: Date,
	afterId: string,
	limit: number,
): Promise<{ id: string; ref: string }[]> {
	const { rows } = await sql<{ id: string; ref: string }>`
		select p.id, a.provider_ref as ref
		from payments p
		join lateral (select provider_ref from payment_attempts x
			where x.payment_id = p.id and x.provider = ${provider} order by x.number desc limit 1) a on true
		where p.status not in ('succeeded', 'failed', 'canceled', 'requires_payment_method')
			and p.created_at < ${before} and a.provider_ref is not null and p.id > ${afterId}
		order by p.id limit ${limit}`.execute(db)
	return rows
}

export async function openRefundRefsAfter(
	db: Executor,
	provider: string,
	before: Date,
	afterId: string,
	limit: number,
): Promise<{ id: string; ref: string }[]> {
	const { rows } = await sql<{ id: string; ref: string }>`
		select id, provider_ref as ref from refunds
		where status in ('pending', 'requires_action') and provider = ${provider} and provider_ref is not null
			and created_at < ${before} and id > ${afterId}
		order by id limit ${limit}`.execute(db)
	return rows
}

type RawLines = Omit<AccountLines, 'gateway' | 'ledger' | 'bookedFeeMinor'> & {
	gateway: { currency: string; minor: string; feeMinor: string }[]
	ledger: { currency: string; minor: string }[]
	bookedFeeMinor: string
}

const sums = (rows: readonly { currency: string; minor: string }[]) =>
	rows.map(({ currency, minor }) => ({ currency, minor: BigInt(minor) }))

/**
 * Both books about each source: the gateway's lines, and what our ledger moved on gateway_clearing for the payment,
 * refund, dispute or payout behind it.
 */
export async function readAccountLines(
	db: Executor,
	provider: string,
	sources: readonly string[],
): Promise<AccountLines[]> {
	const { rows } = await sql<RawLines>`
		select s.ref as "sourceRef", coalesce(g.types, '{}') as types, coalesce(g.sums, '[]') as gateway,
			w.owner, coalesce(l.sums, '[]') as ledger, coalesce(l.fee, 0)::text as "bookedFeeMinor",
			coalesce(case w.owner ->> 'type'
				when 'refund' then w.status in ('pending', 'requires_action')
				when 'payout' then l.sums is null end, false) as "isUnderWay",
			exists (select from reconciliation_differences d where d.provider = ${provider} and d.source_ref = s.ref
				and d.kind <> 'movement' and (d.closed_at is null or d.outcome = 'resolved')) as "isListed"
		from unnest(${sources}::text[]) as s (ref)
		left join lateral (
			select array_agg(distinct t.type) as types,
				(select jsonb_agg(jsonb_build_object('currency', x.currency, 'minor', x.net, 'feeMinor', x.fee))
					from (select currency, sum(net_minor)::text as net, sum(fee_minor)::text as fee from gateway_movements
						where provider = ${provider} and (source_ref = s.ref or (source_ref is null and provider_ref = s.ref))
						group by currency order by currency) x) as sums
			from gateway_movements t
			where t.provider = ${provider} and (t.source_ref = s.ref or (t.source_ref is null and t.provider_ref = s.ref))
		) g on true
		left join lateral (
			select jsonb_build_object('type', 'payment', 'id', a.payment_id, 'merchantId', a.merchant_id,
					'paymentId', a.payment_id) as owner, a.status
				from gateway_observations o
				join payment_attempts a on a.provider = o.provider and a.provider_ref = o.provider_ref
				where o.provider = ${provider} and o.charge_ref = s.ref
			union all
			select jsonb_build_object('type', 'payment', 'id', a.payment_id, 'merchantId', a.merchant_id,
					'paymentId', a.payment_id), a.status
				from payment_attempts a
				where a.provider = ${provider} and a.provider_ref = s.ref
			union all
			select jsonb_build_object('type', 'refund', 'id', r.id, 'merchantId', r.merchant_id, 'paymentId', r.payment_id),
					r.status
				from refunds r where r.provider = ${provider} and r.provider_ref = s.ref
			union all
			select jsonb_build_object('type', 'dispute', 'id', d.id, 'merchantId', d.merchant_id, 'paymentId', d.payment_id),
					d.status
				from disputes d where d.provider = ${provider} and d.provider_ref = s.ref
			union all
			select jsonb_build_object('type', 'payout', 'id', p.id, 'merchantId', p.merchant_id, 'paymentId', null), p.status
				from payouts p where p.provider = ${provider} and p.provider_ref = s.ref
			limit 1
		) w on true
		left join lateral (
			select jsonb_agg(jsonb_build_object('currency', x.currency, 'minor', x.minor)) filter (where x.minor is not null)
					as sums, sum(x.fee) as fee
			from (select e.currency,
					sum(e.amount_minor) filter (where c.kind = 'gateway_clearing')::text as minor,
					sum(e.amount_minor) filter (where c.kind = 'fees') as fee
				from ledger_transactions t
				join ledger_entries e on e.tx_id = t.id
				join ledger_accounts c on c.id = e.account_id
				where t.source_type = w.owner ->> 'type' and t.source_id = w.owner ->> 'id'
				group by e.currency order by e.currency) x
		) l on true`.execute(db)
	return rows.map((row) => ({
		...row,
		gateway: row.gateway.map(({ currency, minor, feeMinor }) => ({
			currency,
			minor: BigInt(minor),
			feeMinor: BigInt(feeMinor),
		})),
		ledger: sums(row.ledger),
		bookedFeeMinor: BigInt(row.bookedFeeMinor),
	}))
}
