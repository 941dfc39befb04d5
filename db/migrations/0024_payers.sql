-- Who pays, under a key of their own: what is said of a payer stands in this database sealed, or not at all.

-- An owner who is no superuser sees rows by the same policies as the app.
select set_config('app.merchant_id', '*', true);

create table payers (
	id text primary key,
	merchant_id text not null references merchants,
	-- HMAC of the address under a key of the merchant. Null: paid without an address, or was erased.
	email_hash text,
	created_at timestamptz not null default now(),
	erased_at timestamptz,
	unique (merchant_id, id),
	unique (merchant_id, email_hash),
	check (erased_at is null or email_hash is null)
);
comment on table payers is 'A person who pays a merchant: one e-mail address. Their key is in data_keys; without it nothing sealed with it opens.';
select isolate_by_merchant('payers');

create table privacy_requests (
	id text primary key,
	merchant_id text not null references merchants,
	payer_id text not null,
	kind text not null check (kind in ('export', 'erasure')),
	status text not null check (status in ('done', 'held')),
	-- Of a held one: what the data are still needed for, and until when as far as anybody can say.
	holds jsonb not null default '[]',
	-- How much of each kind was there. Numbers only.
	counts jsonb not null,
	reason text check (length(reason) <= 500),
	requested_by text not null,
	created_at timestamptz not null default clock_timestamp(),
	foreign key (merchant_id, payer_id) references payers (merchant_id, id)
);
create index privacy_requests_by_merchant on privacy_requests (merchant_id, id desc);
comment on table privacy_requests is 'What payers asked for: their data, or to be forgotten. Stays after they are; says nothing of who they were.';
select isolate_by_merchant('privacy_requests');
revoke update, delete on privacy_requests from app_rw;

create table payer_views (
	merchant_id text not null references merchants,
	day date not null default current_date,
	payer_id text not null,
	viewer text not null,
	primary key (merchant_id, day, payer_id, viewer)
);
comment on table payer_views is 'Who has opened whose data today: the first time each day is in the audit record.';
select isolate_by_merchant('payer_views');

-- Answers of the last week would keep addresses; whoever repeats such a request is told how the payment is now.
update idempotency_keys set response = null where response like '%"receipt_email":"%';

-- Of a message only what it points at is kept: the gateway is asked for the rest.
update webhook_inbox set payload = case provider
	when 'stripe' then jsonb_build_object('data', jsonb_build_object('object', jsonb_build_object(
		'object', payload #> '{data,object,object}', 'id', payload #> '{data,object,id}',
		'payment_intent', payload #> '{data,object,payment_intent}',
		'metadata', jsonb_build_object('attempt_id', payload #> '{data,object,metadata,attempt_id}'))))
	else jsonb_build_object('resource_type', payload -> 'resource_type', 'resource', jsonb_strip_nulls(jsonb_build_object(
		'id', payload #> '{resource,id}', 'dispute_id', payload #> '{resource,dispute_id}',
		'custom_id', payload #> '{resource,custom_id}',
		'supplementary_data', jsonb_build_object('related_ids', jsonb_build_object(
			'order_id', payload #> '{resource,supplementary_data,related_ids,order_id}')),
		'purchase_units', jsonb_build_array(jsonb_build_object(
			'custom_id', payload #> '{resource,purchase_units,0,custom_id}')))))
	end;
-- Networks of callers are counted under a hash from now on.
delete from request_counters;

alter table payments
	add column payer_id text,
	add column sealed_email text,
	add column sealed_ip text,
	-- HMAC of the address under a key of the merchant: the same payer's connection is the same hash.
	add column ip_hash text;
alter table disputes add column sealed_evidence text;

-- What was there before is sealed by a job, which holds the keys; it empties this table and hashes the
-- addresses in block_list (jobs/handlers/seal-personal-data.ts).
create table unsealed_payments (
	payment_id text primary key references payments,
	merchant_id text not null,
	receipt_email text,
	client_ip text,
	evidence jsonb not null
);
comment on table unsealed_payments is 'Left over from before payers had keys. Empty on every installation a few minutes after its upgrade.';
select isolate_by_merchant('unsealed_payments');
insert into unsealed_payments (payment_id, merchant_id, receipt_email, client_ip, evidence)
select p.id, p.merchant_id, p.receipt_email, p.client_ip, coalesce(d.drafts, '{}')
from payments p left join (
	select payment_id, jsonb_object_agg(id, evidence) as drafts from disputes where evidence <> '{}' group by payment_id
) d on d.payment_id = p.id
where p.receipt_email is not null or p.client_ip is not null or d.drafts is not null;

alter table payments
	drop column receipt_email,
	drop column client_ip,
	add foreign key (merchant_id, payer_id) references payers (merchant_id, id),
	add check (payer_id is not null or (sealed_email is null and sealed_ip is null));
alter table disputes drop column evidence;

-- Velocity in screening, a payer's payments, and search by whole address.
create index payments_by_payer on payments (merchant_id, payer_id, created_at) where payer_id is not null;
create index payments_by_ip on payments (merchant_id, ip_hash, created_at) where ip_hash is not null;
comment on table block_list is 'Cards (fingerprints) this merchant refuses, and e-mail and IP addresses by their hash (payers.email_hash, payments.ip_hash).';
