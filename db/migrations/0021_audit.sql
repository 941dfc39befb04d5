-- The audit record: every column is hashed, actor and subject say what they are, and only the trigger moves a head.

alter table audit_log
	-- What the hash covers. 1: merchant, time and payload, as rows were written before. 2: every column.
	add column version smallint not null default 1 check (version in (1, 2)),
	-- Only what changed.
	add column before jsonb,
	add column after jsonb,
	add column reason text,
	add column request_id text,
	-- Of a person: the network they came from, not the address.
	add column client_network text,
	-- Read from hashed columns, so they cannot say anything else than those.
	add column actor_kind text not null generated always as (
		case split_part(actor, ':', 1)
			when 'console' then 'person'
			-- A token of an access by API belongs to a person.
			when 'api' then case when actor like 'api:usr\_%' then 'person' else 'api_key' end
			when 'webhook' then 'webhook'
			when 'gateway' then 'gateway'
			when 'checkout' then 'payer'
			else 'job'
		end) stored,
	add column actor_id text generated always as (nullif(substr(actor, strpos(actor, ':') + 1), actor)) stored,
	add column subject_kind text not null generated always as (
		case split_part(subject_id, '_', 1)
			when 'pay' then 'payment'
			when 're' then 'refund'
			when 'dp' then 'dispute'
			when 'mer' then 'merchant'
			when 'usr' then 'person'
			when 'key' then 'api_key'
			when 'po' then 'payout'
			when 'dif' then 'difference'
			when 'rec' then 'reconciliation'
			when 'bnk' then 'bank_line'
			else split_part(subject_id, '_', 1)
		end) stored;

drop index audit_log_by_subject;
create index audit_log_by_subject on audit_log (merchant_id, subject_id, seq);
create index audit_log_by_actor on audit_log (merchant_id, actor, seq);

-- An array has one reading: no value can pass for two columns, as it could with a separator.
create function audit_hash(line audit_log) returns bytea stable
begin atomic
	select case line.version
		when 1 then sha256(line.prev || int8send(line.seq) || convert_to(
			line.merchant_id || '|' || extract(epoch from line.at)::text || '|' || line.payload::text, 'UTF8'))
		else sha256(line.prev || int8send(line.seq) || convert_to(jsonb_build_array(
			line.version, line.merchant_id, extract(epoch from line.at)::text, line.actor, line.action, line.subject_id,
			line.payload, line.before, line.after, line.reason, line.request_id, line.client_network)::text, 'UTF8'))
	end;
end;
comment on function audit_hash is 'What a row of audit_log must carry as its hash. db/queries/audit-chain.ts says the same by itself.';

-- Runs as its owner: the app's role may add rows, and has no hand on the heads.
create or replace function audit_chained() returns trigger language plpgsql
	security definer set search_path = pg_catalog, public, pg_temp as $$
declare
	head audit_head;
begin
	insert into audit_head (merchant_id, seq, hash) values (new.merchant_id, 0, '\x00') on conflict do nothing;
	select * into head from audit_head where merchant_id = new.merchant_id for update;
	new.version := 2;
	new.seq := head.seq + 1;
	new.prev := head.hash;
	new.at := clock_timestamp();
	new.hash := audit_hash(new);
	update audit_head set seq = new.seq, hash = new.hash where merchant_id = new.merchant_id;
	return new;
end $$;
-- Whoever may run it could hang it on a table of their own and move heads without a row.
revoke execute on function audit_chained() from public;
revoke insert, update, delete on audit_head from app_rw;
create trigger audit_head_never_emptied before delete or truncate on audit_head
	for each statement execute function refuse_change();

create table audit_checks (
	merchant_id text primary key references merchants,
	checked_at timestamptz not null,
	-- Every row up to this one is what was written, in its place.
	holds_up_to bigint not null,
	-- The first row that is not; null when all are.
	broken_at bigint,
	problem text check (problem in ('changed', 'moved', 'missing', 'unlinked', 'cut_off', 'head')),
	check ((broken_at is null) = (problem is null))
);
comment on table audit_checks is 'The last walk along each merchant''s audit chain.';
select isolate_by_merchant('audit_checks');
