-- What screening knows of past payments, what became known of them, and the models that learn from it.

create table screened_payments (
	payment_id text primary key,
	merchant_id text not null,
	-- When it was screened first; every window looks back from such a moment.
	at timestamptz not null,
	-- The card's fingerprint: the same card at every merchant of one gateway account.
	payer text,
	-- Worth in US cents at the rates of that moment; null without a rate.
	worth_cents bigint,
	payer_country text,
	-- When fraud became known of it, by the labels in force.
	fraud_known_at timestamptz,
	foreign key (merchant_id, payment_id) references payments (merchant_id, id)
);
comment on table screened_payments is 'One narrow row per screened payment, written with its decision: what features look back on.';
create index screened_payments_by_payer on screened_payments (payer, at, payment_id)
	include (worth_cents, payer_country, fraud_known_at, merchant_id) where payer is not null;
create index screened_payments_by_merchant on screened_payments (merchant_id, at, payment_id) include (fraud_known_at);
create index screened_payments_frauds on screened_payments (merchant_id, at) include (fraud_known_at)
	where fraud_known_at is not null;
select isolate_by_merchant('screened_payments');

create function hour_until(at timestamptz) returns timestamptz language sql stable parallel safe as
	$$ select date_trunc('hour', at + interval '1 hour' - interval '1 microsecond', 'UTC') $$;
comment on function hour_until is 'The end of the hour a moment belongs to; the end itself belongs to it.';

create table merchant_hours (
	merchant_id text not null references merchants,
	-- Payments after the hour before, up to and with this moment: open on the left as the windows of features are.
	until timestamptz not null check (extract(epoch from until) % 3600 = 0),
	payments integer not null check (payments > 0),
	-- Of them, those known to be fraud by now.
	frauds integer not null default 0 check (frauds between 0 and payments),
	primary key (merchant_id, until)
);
comment on table merchant_hours is 'Payments and known frauds by hour, so that a merchant with many payments costs no more to look back on.';
select isolate_by_merchant('merchant_hours');

create table fraud_labels (
	id bigint generated always as identity primary key,
	merchant_id text not null,
	payment_id text not null,
	source text not null check (source in ('dispute', 'early_warning', 'refund', 'review')),
	verdict text not null check (verdict in ('fraud', 'genuine')),
	known_at timestamptz not null,
	actor text not null,
	created_at timestamptz not null default now(),
	foreign key (merchant_id, payment_id) references payments (merchant_id, id)
);
comment on table fraud_labels is 'What became known of a payment, and when. Never changed: a change of mind is a row of its own.';
create index fraud_labels_by_payment on fraud_labels (payment_id, known_at);
select isolate_by_merchant('fraud_labels');
revoke update, delete on fraud_labels from app_rw;

create table fraud_models (
	id text primary key,
	version integer generated always as identity unique,
	-- Whose payments it learned from and judges: those of test money and of real money never meet.
	livemode boolean not null,
	kind text not null check (kind in ('trees', 'linear')),
	-- Which features, in which order, with which sentinels.
	feature_set integer not null,
	features text[] not null,
	-- The model itself with the cuts of its points, as JSON; the hash is of these bytes.
	body text not null,
	hash text not null,
	seed integer not null,
	trained_from timestamptz not null,
	trained_to timestamptz not null,
	examples integer not null,
	frauds integer not null,
	-- Out of time: on payments after those it was trained on.
	metrics jsonb not null,
	status text not null check (status in ('live', 'retired', 'not_better')),
	created_at timestamptz not null default now(),
	created_by text not null,
	promoted_at timestamptz,
	promoted_by text
);
comment on table fraud_models is 'Every model ever trained. Decisions name theirs; at most one of each world is live.';
create unique index fraud_models_one_live on fraud_models (livemode) where status = 'live';
revoke delete on fraud_models from app_rw;

create table fraud_decisions (
	id bigint generated always as identity primary key,
	merchant_id text not null,
	payment_id text not null,
	at timestamptz not null,
	feature_set integer not null,
	-- As the model saw them.
	vector real[] not null,
	-- What rules were given, by name; a name that is missing was unknown.
	facts jsonb not null,
	model_id text references fraud_models,
	-- The model's log-odds; null without a model.
	log_odds double precision,
	score integer not null check (score between 0 and 99),
	decision text not null check (decision in ('allow', 'review', 'block')),
	reasons jsonb not null,
	foreign key (merchant_id, payment_id) references payments (merchant_id, id)
);
comment on table fraud_decisions is 'Every screening with what it was decided on: training, explaining and back-tests read these rows, nothing is computed again.';
create index fraud_decisions_by_payment on fraud_decisions (payment_id, id desc);
create index fraud_decisions_by_merchant on fraud_decisions (merchant_id, at);
create index fraud_decisions_by_time on fraud_decisions (at);
select isolate_by_merchant('fraud_decisions');
revoke update, delete on fraud_decisions from app_rw;

create table fraud_settings (
	merchant_id text primary key references merchants,
	review_from integer not null check (review_from between 1 and 100),
	-- 100 = never.
	block_from integer not null check (block_from between 1 and 100),
	updated_by text not null,
	updated_at timestamptz not null default now(),
	check (review_from <= block_from)
);
comment on table fraud_settings is 'From which score a merchant''s payments are reviewed and blocked; no row = 65 and 85.';
select isolate_by_merchant('fraud_settings');
