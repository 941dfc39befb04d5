import { sql, type Kysely } from 'kysely'
import type { DB } from '#db/schema.ts'

/** Statements that must find nothing, whatever happened; each row they do find is a broken promise. */
const INVARIANTS = {
	// Every ledger transaction balances in every currency.
	I01: `select e.tx_id as subject, e.currency || ' ' || sum(e.amount_minor) as detail from ledger_entries e
		group by e.tx_id, e.currency having sum(e.amount_minor) <> 0`,
	// The whole ledger sums to zero per merchant and currency.
	I02: `select e.merchant_id as subject, e.currency || ' ' || sum(e.amount_minor) as detail from ledger_entries e
		group by e.merchant_id, e.currency having sum(e.amount_minor) <> 0`,
	// The balance kept on an account is the sum of its entries, and so is their number.
	I03: `select a.id as subject, a.balance_minor || ' <> ' || coalesce(sum(e.amount_minor), 0) as detail
		from ledger_accounts a left join ledger_entries e on e.account_id = a.id
		group by a.id having a.balance_minor <> coalesce(sum(e.amount_minor), 0) or a.entry_count <> count(e.id)`,
	// An entry has the currency and the merchant of its account.
	I04: `select e.id as subject, e.currency || '/' || a.currency as detail
		from ledger_entries e join ledger_accounts a on a.id = e.account_id
		where e.currency <> a.currency or e.merchant_id <> a.merchant_id`,
	// No account was ever below its floor.
	I05: `select x.account_id as subject, x.run::text as detail
		from (select e.account_id, a.min_balance_minor,
				sum(e.amount_minor) over (partition by e.account_id order by e.account_seq) as run
			from ledger_entries e join ledger_accounts a on a.id = e.account_id) x
		where x.min_balance_minor is not null and x.run < x.min_balance_minor`,
	// No gaps and no repeats in an account's sequence.
	I06: `select account_id as subject, count(*) || '/' || max(account_seq) as detail from ledger_entries
		group by account_id having count(*) <> max(account_seq) or min(account_seq) <> 1`,
	// A ledger transaction has at least two entries and none of zero.
	I07: `select t.id as subject, count(e.id)::text as detail
		from ledger_transactions t left join ledger_entries e on e.tx_id = t.id
		group by t.id having count(e.id) < 2 or count(*) filter (where e.amount_minor = 0) > 0`,
	// One posting per business fact.
	I08: `select source_type || ':' || source_id as subject, kind || ' x' || count(*) as detail
		from ledger_transactions group by source_type, source_id, kind having count(*) > 1`,
	// What a payment says it captured is what its capture moved.
	I09: `select p.id as subject, p.status || ' captured ' || p.captured_minor || ' posted ' || coalesce(s.amt, 0) as detail
		from payments p
		left join (select t.source_id, sum(e.amount_minor) filter (where e.amount_minor > 0) as amt
			from ledger_transactions t join ledger_entries e on e.tx_id = t.id
			where t.source_type = 'payment' and t.kind = 'capture' group by t.source_id) s on s.source_id = p.id
		where p.captured_minor <> coalesce(s.amt, 0)`,
	// Refunds in flight or done never exceed what was captured, and are in the payment's currency.
	I10: `select p.id as subject, p.captured_minor || ' < ' || sum(r.amount_minor) as detail
		from payments p join refunds r on r.payment_id = p.id and r.status in ('pending', 'requires_action', 'succeeded')
		group by p.id
		having sum(r.amount_minor) > p.captured_minor or bool_or(r.currency <> p.currency)
			or sum(r.amount_minor) <> p.refund_reserved_minor`,
	// Amounts agree, and only a succeeded payment took money.
	I11: `select p.id as subject, p.status || ' ' || p.amount_minor || '/' || p.captured_minor || '/' || p.refunded_minor as detail
		from payments p
		where p.amount_minor <= 0 or p.captured_minor < 0 or p.captured_minor > p.amount_minor
			or (p.captured_minor > 0) <> (p.status = 'succeeded')
			or p.refunded_minor <> (select coalesce(sum(r.amount_minor), 0) from refunds r
				where r.payment_id = p.id and r.status = 'succeeded')`,
	// We charged nobody twice.
	I12: `select payment_id as subject, count(*)::text as detail from payment_attempts where status = 'succeeded'
		group by payment_id having count(*) > 1`,
	// A gateway object belongs to one attempt, or to one refund, only.
	I13: `select provider || ':' || provider_ref as subject, count(*)::text as detail
		from (select provider, provider_ref from payment_attempts
			union all select provider, provider_ref from refunds) x
		where provider_ref is not null group by provider, provider_ref having count(*) > 1`,
	// Nothing is stuck: it has ended, will be looked at again, or is before a person.
	I16: `select p.id as subject, p.status as detail from payments p
		where p.status not in ('succeeded', 'failed', 'canceled') and coalesce(p.next_check_at, '-infinity') < now()
			and not exists (select from attention_items i where i.subject_id = p.id and i.closed_at is null)
		union all
		select r.id, r.status from refunds r
		where r.status not in ('succeeded', 'failed', 'canceled') and coalesce(r.next_check_at, '-infinity') < now()
			and not exists (select from attention_items i where i.subject_id = r.id and i.closed_at is null)`,
	// Legal moves only, and none leaves a terminal state.
	I17: `select h.payment_id as subject, h.from_status || '->' || h.to_status as detail
		from payment_history h
		left join payment_edges g on g.from_status = h.from_status and g.to_status = h.to_status
		where g.from_status is null
		union all
		select 'payment_edges', from_status || '->' || to_status from payment_edges
		where from_status in ('succeeded', 'failed', 'canceled')`,
	// A history is one chain from 'none' to the payment's present state.
	I18: `select p.id as subject, coalesce(x.from_status || '->' || x.to_status, 'no history') as detail
		from payments p
		left join (select h.*, lag(to_status) over (partition by payment_id order by seq) as prev,
				row_number() over (partition by payment_id order by seq desc) as rn
			from payment_history h) x on x.payment_id = p.id
		where x.payment_id is null or coalesce(x.prev, 'none') <> x.from_status or (x.rn = 1 and x.to_status <> p.status)`,
	// Every audit row hashes from the one before it.
	I23: `select merchant_id || ':' || seq as subject, '' as detail
		from (select a.*, lag(hash) over w as ph, lag(seq) over w as ps
			from audit_log a window w as (partition by merchant_id order by seq)) c
		where seq <> coalesce(ps, 0) + 1 or prev <> coalesce(ph, '\\x00')
			or hash <> sha256(prev || int8send(seq)
				|| convert_to(merchant_id || '|' || extract(epoch from at)::text || '|' || payload::text, 'UTF8'))`,
	// The head of an audit chain is its last row.
	I24: `select coalesce(h.merchant_id, l.merchant_id) as subject, coalesce(h.seq, 0) || '/' || coalesce(l.seq, 0) as detail
		from audit_head h
		full join (select distinct on (merchant_id) merchant_id, seq, hash from audit_log
			order by merchant_id, seq desc) l on l.merchant_id = h.merchant_id
		where coalesce(h.seq, 0) <> coalesce(l.seq, 0) or coalesce(h.hash, '\\x00') <> coalesce(l.hash, '\\x00')`,
	// Every money movement has its audit row.
	I25: `select t.id as subject, t.kind as detail from ledger_transactions t
		where not exists (select from audit_log a
			where a.merchant_id = t.merchant_id and a.payload->>'ledger_tx' = t.id)`,
} as const

export type Invariant = keyof typeof INVARIANTS
export const EVERY_INVARIANT = Object.keys(INVARIANTS) as Invariant[]

/** Every row that breaks one of these promises, as `I01 subject detail`. */
export async function violations(
	db: Kysely<DB>,
	invariants: readonly Invariant[] = EVERY_INVARIANT,
): Promise<string[]> {
	const found: string[] = []
	for (const name of invariants) {
		const { rows } = await sql<{ subject: string; detail: string }>`${sql.raw(INVARIANTS[name])}`.execute(db)
		found.push(...rows.map(({ subject, detail }) => `${name} ${subject} ${detail}`))
	}
	return found
}
