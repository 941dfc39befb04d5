import { sql } from 'kysely'
import { firstIdAt } from '../../app/domain/ids/new-id.ts'
import type { AccountTotal } from '../../app/domain/reconciliation/totals.ts'
import type { Executor, Tx } from '../client.ts'

/** Our ids and the database's clock may differ by this much. */
const ID_SLACK_MS = 600_000

/**
 * How far each open or settled difference moves the gateway's account and our gateway_clearing apart. A source with
 * several differences counts at one of them.
 */
export async function refreshEffects(tx: Tx, provider: string): Promise<void> {
	await sql`
		update reconciliation_differences d set effect_minor = x.effect
		from (
			select d.id, case
				when row_number() over (partition by coalesce(d.source_ref, d.subject_id, d.id), d.currency
					order by (d.closed_at is null) desc, d.id) > 1 then 0
				else coalesce(g.net, 0) - coalesce(l.net, 0) end as effect
			from reconciliation_differences d
			left join lateral (
				select sum(m.net_minor) as net from gateway_movements m
				where m.provider = d.provider and m.currency = d.currency
					and (m.source_ref = d.source_ref or (m.source_ref is null and m.provider_ref = d.source_ref))) g on true
			left join lateral (
				select sum(e.amount_minor) as net
				from ledger_transactions t
				join ledger_entries e on e.tx_id = t.id
				join ledger_accounts c on c.id = e.account_id and c.kind = 'gateway_clearing'
				where d.class not in ('extra', 'duplicate') and e.currency = d.currency
					and t.source_type in ('payment', 'refund', 'dispute', 'payout') and t.source_id = d.subject_id) l on true
			where d.provider = ${provider}
				and (d.closed_at is null or (d.outcome = 'resolved' and d.effect_minor <> 0))
		) x
		where d.id = x.id and d.effect_minor <> x.effect`.execute(tx)
}

/**
 * The gateway's account against gateway_clearing, per currency, in one snapshot. In flight: booked after `until`, so
 * that the gateway's line is not read yet. On the way: refunds the gateway has not decided, payouts the bank has not
 * shown. Listed: differences that are open or that a person has settled.
 */
export async function readAccountTotals(
	db: Executor,
	provider: string,
	until: Date,
): Promise<AccountTotal[]> {
	const firstId = firstIdAt('txn', new Date(until.getTime() - ID_SLACK_MS))
	const { rows } = await sql<AccountTotal>`
		with parts (currency, part, minor) as (
			select currency, 'gateway', sum(net_minor) from gateway_movements where provider = ${provider} group by 1
			union all
			select currency, 'ledger', sum(balance_minor) from ledger_accounts
			where kind = 'gateway_clearing' and gateway = ${provider} group by 1
			union all
			select e.currency, 'in_flight', sum(e.amount_minor)
			from ledger_transactions t
			join ledger_entries e on e.tx_id = t.id
			join ledger_accounts c on c.id = e.account_id and c.kind = 'gateway_clearing' and c.gateway = ${provider}
			where t.id >= ${firstId} and t.created_at >= ${until}
				and not exists (
					select from gateway_movements m where m.provider = ${provider} and m.source_ref in (
						select a.provider_charge_ref from payment_attempts a
							where t.source_type = 'payment' and a.payment_id = t.source_id and a.status = 'succeeded'
						union all select r.provider_ref from refunds r where t.source_type = 'refund' and r.id = t.source_id
						union all select d.provider_ref from disputes d where t.source_type = 'dispute' and d.id = t.source_id
						union all select p.provider_ref from payouts p where t.source_type = 'payout' and p.id = t.source_id))
				and not exists (
					select from reconciliation_differences d where d.subject_id = t.source_id and d.provider = ${provider}
						and (d.closed_at is null or d.outcome = 'resolved'))
			group by 1
			union all
			select m.currency, 'on_the_way', sum(m.net_minor)
			from refunds r
			join gateway_movements m on m.provider = r.provider and m.source_ref = r.provider_ref
			where r.status in ('pending', 'requires_action') and r.provider = ${provider}
				and not exists (
					select from reconciliation_differences d where d.source_ref = r.provider_ref and d.provider = ${provider}
						and (d.closed_at is null or d.outcome = 'resolved'))
			group by 1
			union all
			select m.currency, 'on_the_way', sum(m.net_minor)
			from payouts p
			join gateway_movements m on m.provider = p.provider and m.source_ref = p.provider_ref
			where p.provider = ${provider}
				and not exists (select from ledger_transactions t where t.source_type = 'payout' and t.source_id = p.id)
				and not exists (
					select from reconciliation_differences d where d.source_ref = p.provider_ref and d.provider = ${provider}
						and (d.closed_at is null or d.outcome = 'resolved'))
			group by 1
			union all
			select currency, 'listed', sum(effect_minor) from reconciliation_differences
			where provider = ${provider} and (closed_at is null or outcome = 'resolved') group by 1
		)
		select currency,
			coalesce(sum(minor) filter (where part = 'gateway'), 0)::bigint as gateway,
			coalesce(sum(minor) filter (where part = 'ledger'), 0)::bigint as ledger,
			coalesce(sum(minor) filter (where part = 'in_flight'), 0)::bigint as "inFlight",
			coalesce(sum(minor) filter (where part = 'on_the_way'), 0)::bigint as "onTheWay",
			coalesce(sum(minor) filter (where part = 'listed'), 0)::bigint as listed
		from parts group by currency order by currency`.execute(db)
	return rows
}
