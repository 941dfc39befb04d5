-- The house checks itself, and what only a person can settle has an owner and an end.

create table integrity_runs (
	id text primary key,
	-- hourly, ops, or the person who asked for it.
	requested_by text not null,
	started_at timestamptz not null default now(),
	finished_at timestamptz,
	merchants_seen bigint,
	rows_checked bigint,
	-- Per invariant: its name and how many rows break it.
	results jsonb not null default '[]',
	violations integer,
	error text
);
comment on table integrity_runs is 'Each run of db/invariants.sql: what it looked at and what it found.';
create index integrity_runs_by_time on integrity_runs (started_at desc);

alter table attention_items
	-- What the machine said last: for whoever looks deeper.
	add column reason text,
	-- The job that failed for good, so that it can be put back: queue, payload, and what was asked of the gateway.
	add column job jsonb,
	add column closed_by text,
	-- retried, gone (its cause disappeared), or how a person settled it.
	add column outcome text,
	add column note text;
drop index attention_items_one_open;
create unique index attention_items_one_open on attention_items (merchant_id, kind, subject_id)
	where closed_at is null;
create index attention_items_by_merchant on attention_items (merchant_id, id desc);
create index attention_items_open on attention_items (merchant_id, id desc) where closed_at is null;

create trigger ledger_entries_never_emptied before truncate on ledger_entries
	for each statement execute function refuse_change();
create trigger ledger_transactions_never_emptied before truncate on ledger_transactions
	for each statement execute function refuse_change();
create trigger payment_history_never_emptied before truncate on payment_history
	for each statement execute function refuse_change();
create trigger audit_log_never_emptied before truncate on audit_log
	for each statement execute function refuse_change();

-- The chain's hash covers time, place and payload. Who, what and about whom now stand in the payload as well, so that
-- they cannot be changed either. Rows written before keep the hash they have.
create or replace function audit_chained() returns trigger language plpgsql as $$
declare
	head audit_head;
begin
	insert into audit_head (merchant_id, seq, hash) values (new.merchant_id, 0, '\x00') on conflict do nothing;
	select * into head from audit_head where merchant_id = new.merchant_id for update;
	new.seq := head.seq + 1;
	new.prev := head.hash;
	new.at := clock_timestamp();
	new.payload := new.payload || jsonb_build_object('row',
		jsonb_build_object('actor', new.actor, 'action', new.action, 'subject_id', new.subject_id));
	new.hash := sha256(new.prev || int8send(new.seq)
		|| convert_to(new.merchant_id || '|' || extract(epoch from new.at)::text || '|' || new.payload::text, 'UTF8'));
	update audit_head set seq = new.seq, hash = new.hash where merchant_id = new.merchant_id;
	return new;
end $$;
