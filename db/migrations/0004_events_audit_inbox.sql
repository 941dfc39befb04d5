-- What happened: events for readers, audit for people, the inbox of gateways, keys of clients.

create table events (
	seq bigint generated always as identity primary key,
	-- Sequence numbers become visible out of order; readers go by (xid, seq) below the snapshot horizon.
	xid xid8 not null default pg_current_xact_id(),
	id text not null unique,
	merchant_id text not null references merchants,
	type text not null,
	payment_id text not null,
	checkout_session_id text,
	-- json, not jsonb: the members keep their order, so an object reads the same wherever it is shown.
	object json not null,
	created_at timestamptz not null default clock_timestamp()
);
comment on table events is 'The truth of the live view and of GET /api/v1/events: each change with the object as it was then.';
create index events_in_order on events (xid, seq);
create index events_by_merchant on events (merchant_id, seq desc);
create index events_by_payment on events (payment_id, seq);

create table audit_log (
	merchant_id text not null references merchants,
	seq bigint not null,
	at timestamptz not null,
	actor text not null,
	action text not null,
	subject_id text not null,
	payload jsonb not null,
	prev bytea not null,
	hash bytea not null,
	primary key (merchant_id, seq)
);
comment on table audit_log is 'Who changed money, access or settings. Each row hashes the one before it, per merchant.';
create index audit_log_by_subject on audit_log (merchant_id, subject_id);

create table audit_head (
	merchant_id text primary key references merchants,
	seq bigint not null,
	hash bytea not null
);
comment on table audit_head is 'The last row of each chain: a cut-off tail shows as a difference.';

create function audit_chained() returns trigger language plpgsql as $$
declare
	head audit_head;
begin
	insert into audit_head (merchant_id, seq, hash) values (new.merchant_id, 0, '\x00') on conflict do nothing;
	select * into head from audit_head where merchant_id = new.merchant_id for update;
	new.seq := head.seq + 1;
	new.prev := head.hash;
	new.at := clock_timestamp();
	new.hash := sha256(new.prev || int8send(new.seq)
		|| convert_to(new.merchant_id || '|' || extract(epoch from new.at)::text || '|' || new.payload::text, 'UTF8'));
	update audit_head set seq = new.seq, hash = new.hash where merchant_id = new.merchant_id;
	return new;
end $$;
create trigger audit_log_chained before insert on audit_log for each row execute function audit_chained();
create trigger audit_log_append_only before update or delete on audit_log
	for each row execute function refuse_change();

create table webhook_inbox (
	id text primary key,
	provider text not null,
	event_id text not null,
	type text not null,
	payload jsonb not null,
	signature_ok boolean not null,
	received_at timestamptz not null default now(),
	processed_at timestamptz,
	outcome text,
	dead_at timestamptz,
	unique (provider, event_id)
);
comment on table webhook_inbox is 'Verified messages of gateways, once each. The payload is a hint: the gateway is asked before money moves.';

create table idempotency_keys (
	merchant_id text not null references merchants,
	route text not null,
	key text not null check (length(key) between 1 and 255),
	fingerprint bytea not null,
	resource_id text not null,
	status_code integer,
	response text,
	created_at timestamptz not null default now(),
	-- Until then the first request may still be answering; after it anyone may finish the row.
	locked_until timestamptz not null,
	finished_at timestamptz,
	primary key (merchant_id, route, key)
);
comment on table idempotency_keys is 'First answer to each key, replayed byte for byte; kept 7 days.';
create index idempotency_keys_by_age on idempotency_keys (created_at);

create table attention_items (
	id text primary key,
	merchant_id text not null references merchants,
	kind text not null,
	subject_id text not null,
	detail text not null,
	opened_at timestamptz not null default now(),
	closed_at timestamptz
);
comment on table attention_items is 'What only a person can settle; nothing expires these rows.';
create unique index attention_items_one_open on attention_items (kind, subject_id) where closed_at is null;
