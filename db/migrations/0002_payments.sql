-- What a payment is, every state it may move through, and every try at a gateway.

create table checkout_sessions (
	id text primary key,
	merchant_id text not null references merchants,
	amount_minor bigint not null check (amount_minor > 0),
	currency text not null check (currency ~ '^[a-z]{3}$'),
	items jsonb not null,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null
);
comment on table checkout_sessions is 'An order a shopper is about to pay. Amount and currency are set here, never by the browser.';

create table payment_edges (
	from_status text not null,
	to_status text not null,
	primary key (from_status, to_status)
);
comment on table payment_edges is 'Every legal move of a payment; from none = a state it may be born in. Nothing leaves succeeded, failed, canceled.';
insert into payment_edges (from_status, to_status) values
	('none', 'requires_payment_method'),
	('none', 'screening'),
	('requires_payment_method', 'screening'),
	('requires_payment_method', 'canceled'),
	('screening', 'processing'),
	('screening', 'in_review'),
	('screening', 'failed'),
	('processing', 'requires_capture'),
	('processing', 'in_review'),
	('processing', 'succeeded'),
	('processing', 'requires_action'),
	('processing', 'requires_payment_method'),
	('processing', 'failed'),
	('requires_action', 'processing'),
	('requires_action', 'requires_payment_method'),
	('requires_action', 'canceled'),
	('in_review', 'succeeded'),
	('in_review', 'processing'),
	('in_review', 'failed'),
	('in_review', 'canceled'),
	('requires_capture', 'succeeded'),
	('requires_capture', 'canceled');

create table payments (
	id text primary key,
	merchant_id text not null references merchants,
	status text not null check (status in ('requires_payment_method', 'screening', 'in_review', 'processing',
		'requires_action', 'requires_capture', 'succeeded', 'failed', 'canceled')),
	version integer not null default 1,
	reference text not null,
	amount_minor bigint not null check (amount_minor > 0),
	currency text not null check (currency ~ '^[a-z]{3}$'),
	captured_minor bigint not null default 0 check (captured_minor between 0 and amount_minor),
	refund_reserved_minor bigint not null default 0,
	refunded_minor bigint not null default 0,
	capture_method text not null check (capture_method in ('automatic', 'manual')),
	description text,
	receipt_email text,
	metadata jsonb not null default '{}',
	checkout_session_id text references checkout_sessions,
	gateway text not null,
	-- The gateway's id of the method to charge: pm_…, or a confirmation token used once.
	payment_method text,
	payer_present boolean not null,
	-- Whether real money moves: the mode of the gateway's key when the payment was made.
	livemode boolean not null,
	client_ip text,
	client_country text,
	card_brand text,
	card_last4 text,
	card_exp_month integer,
	card_exp_year integer,
	card_country text,
	card_fingerprint text,
	risk_score integer check (risk_score between 0 and 99),
	risk_decision text check (risk_decision in ('allow', 'review', 'block')),
	risk_reasons jsonb not null default '[]',
	error jsonb,
	next_action_url text,
	-- A capture or cancel that was asked of the gateway and has no answer yet.
	requested_operation text check (requested_operation in ('capture', 'cancel', 'reject')),
	requested_minor bigint,
	requested_by text,
	cause_kind text not null check (cause_kind in ('api', 'checkout', 'console', 'job', 'webhook', 'janitor')),
	cause_ref text,
	next_check_at timestamptz,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now(),
	captured_at timestamptz,
	terminal_at timestamptz,
	unique (merchant_id, id),
	check ((captured_minor > 0) = (status = 'succeeded')),
	check (refund_reserved_minor between 0 and captured_minor),
	check (refunded_minor between 0 and refund_reserved_minor),
	check ((status in ('succeeded', 'failed', 'canceled')) = (terminal_at is not null))
);
comment on table payments is 'One purchase. cause_* say why the row last changed; payment_history keeps every cause.';
create unique index payments_one_per_checkout on payments (checkout_session_id) where checkout_session_id is not null;
-- The payments page and GET /api/v1/payments, newest first: the unique (merchant_id, id) read backwards, or by state.
create index payments_by_merchant_status on payments (merchant_id, status, id desc);
-- The overview: totals of a period.
create index payments_by_merchant_time on payments (merchant_id, created_at);
-- Velocity in screening.
create index payments_by_card on payments (merchant_id, card_fingerprint, created_at) where card_fingerprint is not null;
create index payments_by_email on payments (merchant_id, lower(receipt_email), created_at) where receipt_email is not null;
create index payments_by_ip on payments (merchant_id, client_ip, created_at) where client_ip is not null;

create table payment_history (
	payment_id text not null references payments,
	merchant_id text not null,
	seq integer not null,
	from_status text not null,
	to_status text not null,
	cause_kind text not null,
	cause_ref text,
	at timestamptz not null default clock_timestamp(),
	primary key (payment_id, seq),
	-- The edge must exist: an illegal move cannot be written.
	foreign key (from_status, to_status) references payment_edges
);
comment on table payment_history is 'Every move of every payment with its cause, written by trigger, never changed.';

create function payment_versioned() returns trigger language plpgsql as $$
begin
	if tg_op = 'UPDATE' then
		new.updated_at := clock_timestamp();
		if new.status <> old.status then new.version := old.version + 1; end if;
	end if;
	if new.status in ('succeeded', 'failed', 'canceled') then
		new.terminal_at := coalesce(new.terminal_at, clock_timestamp());
	end if;
	return new;
end $$;
create trigger payments_versioned before insert or update on payments
	for each row execute function payment_versioned();

create function payment_history_kept() returns trigger language plpgsql as $$
begin
	if tg_op = 'INSERT' then
		insert into payment_history (payment_id, merchant_id, seq, from_status, to_status, cause_kind, cause_ref)
		values (new.id, new.merchant_id, 1, 'none', new.status, new.cause_kind, new.cause_ref);
	elsif new.status <> old.status then
		insert into payment_history (payment_id, merchant_id, seq, from_status, to_status, cause_kind, cause_ref)
		values (new.id, new.merchant_id, new.version, old.status, new.status, new.cause_kind, new.cause_ref);
	end if;
	return null;
end $$;
create trigger payments_history_kept after insert or update of status on payments
	for each row execute function payment_history_kept();

create table payment_attempts (
	id text primary key,
	merchant_id text not null,
	payment_id text not null,
	number integer not null,
	provider text not null,
	provider_ref text,
	provider_charge_ref text,
	status text not null check (status in ('sent', 'unknown', 'requires_action', 'authorized', 'succeeded', 'declined', 'canceled')),
	-- What was asked, so that asking again sends the same bytes under the same key.
	request jsonb not null,
	code text,
	decline_code text,
	message text,
	started_at timestamptz not null default now(),
	answered_at timestamptz,
	checks integer not null default 0,
	next_check_at timestamptz,
	foreign key (merchant_id, payment_id) references payments (merchant_id, id),
	unique (payment_id, number)
);
comment on table payment_attempts is 'One try at a gateway; its id is the idempotency key of the call. unknown = no trustworthy answer yet.';
create unique index payment_attempts_one_success on payment_attempts (payment_id) where status = 'succeeded';
create unique index payment_attempts_provider_ref on payment_attempts (provider, provider_ref) where provider_ref is not null;

create table refunds (
	id text primary key,
	merchant_id text not null,
	payment_id text not null,
	amount_minor bigint not null check (amount_minor > 0),
	currency text not null,
	status text not null check (status in ('pending', 'requires_action', 'succeeded', 'failed', 'canceled')),
	reason text check (reason in ('requested_by_customer', 'duplicate', 'fraudulent', 'other')),
	failure_reason text,
	provider text not null,
	provider_ref text,
	requested_by text not null,
	checks integer not null default 0,
	next_check_at timestamptz,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now(),
	foreign key (merchant_id, payment_id) references payments (merchant_id, id)
);
comment on table refunds is 'Money going back. pending counts against the refundable amount until the outcome is known; its id is the idempotency key.';
create index refunds_by_payment on refunds (payment_id);
create index refunds_by_merchant_time on refunds (merchant_id, created_at);
create unique index refunds_provider_ref on refunds (provider, provider_ref) where provider_ref is not null;

create table block_list (
	merchant_id text not null references merchants,
	kind text not null check (kind in ('card', 'email', 'ip')),
	value text not null,
	reason text not null,
	created_at timestamptz not null default now(),
	primary key (merchant_id, kind, value)
);
comment on table block_list is 'Cards (fingerprints), e-mail and IP addresses this merchant refuses.';
-- The janitor: what should have moved by now.
create index payments_overdue on payments (next_check_at)
	where status not in ('succeeded', 'failed', 'canceled');
