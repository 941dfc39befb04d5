-- What the gateway says of itself, how far we have read it, and where the two books differ.

create table gateway_observations (
	provider text not null,
	-- A charge has moved money; an authorization holds it (succeeded), tries to (pending) or does not (failed, canceled).
	kind text not null check (kind in ('charge', 'authorization', 'refund')),
	-- The id our attempt or refund carries in provider_ref.
	provider_ref text not null,
	status text not null,
	-- What movements call the same charge; null where provider_ref is that name already.
	charge_ref text,
	amount_minor bigint not null,
	currency text not null,
	-- In the same currency; null while the gateway does not know it.
	fee_minor bigint,
	-- The attempt or refund the gateway's metadata names; a refund also names its charge.
	our_ref text,
	parent_ref text,
	occurred_at timestamptz not null,
	observed_at timestamptz not null default now(),
	primary key (provider, provider_ref, kind)
);
comment on table gateway_observations is 'The gateway''s books as last read: one row per charge and refund, whoever made it.';
create index gateway_observations_by_time on gateway_observations (provider, occurred_at);
create index gateway_observations_by_charge on gateway_observations (provider, charge_ref) where charge_ref is not null;

create table gateway_movements (
	provider text not null,
	provider_ref text not null,
	type text not null,
	-- The charge, refund, dispute or payout this line of the gateway's account is about.
	source_ref text,
	amount_minor bigint not null,
	fee_minor bigint not null,
	net_minor bigint not null,
	currency text not null,
	occurred_at timestamptz not null,
	available_at timestamptz,
	observed_at timestamptz not null default now(),
	primary key (provider, provider_ref)
);
comment on table gateway_movements is 'The gateway''s account line by line (balance transactions): what our gateway_clearing account must show too.';
create index gateway_movements_by_source on gateway_movements (provider, source_ref);
create index gateway_movements_by_time on gateway_movements (provider, occurred_at, provider_ref);

create table gateway_imports (
	id text primary key,
	provider text not null,
	covered_from timestamptz not null,
	-- Everything the gateway did before this moment has been read.
	covered_until timestamptz not null,
	imported_at timestamptz not null default now()
);
comment on table gateway_imports is 'How far the gateway''s books have been read.';
create index gateway_imports_by_reach on gateway_imports (provider, covered_until desc);

create table reconciliation_runs (
	id text primary key,
	provider text not null,
	-- hourly, or the person who asked for it.
	requested_by text not null,
	window_from timestamptz not null,
	window_until timestamptz not null,
	-- Everything before this moment of the window is read and compared: where a run that was cut off goes on.
	reached_at timestamptz not null,
	compared bigint not null default 0,
	healed integer not null default 0,
	found integer not null default 0,
	-- Per currency, as of the end: the gateway's account, our gateway_clearing, and what explains their difference.
	totals jsonb not null default '[]',
	started_at timestamptz not null default now(),
	-- Who works on it, and until when nobody else may take it over.
	lease text,
	leased_until timestamptz,
	finished_at timestamptz,
	-- Why the last try stopped; a later one goes on from reached_at.
	error text
);
comment on table reconciliation_runs is 'One comparison of our books with a gateway''s.';
create index reconciliation_runs_by_time on reconciliation_runs (started_at desc);
create unique index reconciliation_runs_one_open on reconciliation_runs (provider) where finished_at is null;

create table reconciliation_differences (
	id text primary key,
	-- An object nobody here knows belongs to the merchant that owns the gateway account.
	merchant_id text not null references merchants,
	run_id text not null references reconciliation_runs,
	-- The last run that still found it.
	seen_run_id text not null references reconciliation_runs,
	-- missing = in our books and not in the gateway's; extra = the other way round.
	class text not null check (class in ('missing', 'extra', 'amount', 'currency', 'status', 'duplicate')),
	kind text not null check (kind in ('charge', 'authorization', 'refund', 'movement', 'payout')),
	provider text not null,
	provider_ref text,
	-- Our payment, refund or payout; null when we know nothing of it.
	subject_id text,
	payment_id text,
	-- What the gateway's account lines about it name as their source.
	source_ref text,
	ours_minor bigint,
	ours_currency text,
	ours_status text,
	theirs_minor bigint,
	theirs_currency text,
	theirs_status text,
	-- What does not match, as money: the size of the gap, never negative.
	gap_minor bigint not null check (gap_minor >= 0),
	currency text not null,
	-- How far it moves the gateway's account and our gateway_clearing apart: theirs minus ours.
	effect_minor bigint not null default 0,
	detail text not null,
	opened_at timestamptz not null default now(),
	closed_at timestamptz,
	closed_by text,
	-- healed = we put it right by ourselves; resolved = a person did; gone = a later run no longer finds it.
	outcome text check (outcome in ('healed', 'resolved', 'gone')),
	note text,
	check ((closed_at is null) = (outcome is null))
);
comment on table reconciliation_differences is 'Where our books and the gateway''s differ: the work list, and what became of it.';
create unique index reconciliation_differences_one_open
	on reconciliation_differences (provider, class, kind, coalesce(provider_ref, ''), coalesce(subject_id, ''))
	where closed_at is null;
create index reconciliation_differences_by_merchant on reconciliation_differences (merchant_id, id desc);
create index reconciliation_differences_by_source on reconciliation_differences (provider, source_ref);
create index reconciliation_differences_by_ref on reconciliation_differences (provider, provider_ref);

create table payouts (
	id text primary key,
	merchant_id text not null references merchants,
	provider text not null,
	provider_ref text not null,
	status text not null check (status in ('pending', 'in_transit', 'paid', 'failed', 'canceled')),
	amount_minor bigint not null,
	currency text not null,
	arrives_at timestamptz not null,
	-- What the bank statement shows.
	statement_text text,
	created_at timestamptz not null,
	unique (provider, provider_ref)
);
comment on table payouts is 'Money the gateway sent to the merchant''s bank account.';

create table bank_lines (
	id text primary key,
	merchant_id text not null references merchants,
	-- SHA-256 of date, amount, currency, text and how many lines just like it stand above it in its file: a statement
	-- uploaded twice, or two that overlap, add each line once.
	line_hash bytea not null,
	file_name text not null,
	line integer not null,
	booked_on date not null,
	amount_minor bigint not null check (amount_minor <> 0),
	currency text not null,
	text text not null,
	payout_id text references payouts,
	uploaded_by text not null,
	uploaded_at timestamptz not null default now(),
	unique (merchant_id, line_hash)
);
comment on table bank_lines is 'Lines of bank statements people uploaded, each matched to the payout it shows.';
create unique index bank_lines_one_per_payout on bank_lines (payout_id) where payout_id is not null;
create index bank_lines_unmatched on bank_lines (merchant_id, booked_on desc) where payout_id is null;
