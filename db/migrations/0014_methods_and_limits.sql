-- What a merchant offers of what gateways take, how often one card is tried, and the counters against card testing.

create table payment_method_settings (
	merchant_id text not null references merchants,
	gateway text not null check (gateway ~ '^[a-z0-9_]{1,40}$'),
	method text not null check (method in
		('card', 'apple_pay', 'google_pay', 'link', 'us_bank_account', 'sepa_debit', 'paypal')),
	is_on boolean not null,
	-- Payers' countries, ISO 3166 alpha-2; null = all that the gateway takes.
	countries text[] check (cardinality(countries) > 0 and array_position(countries, null) is null),
	updated_by text not null,
	updated_at timestamptz not null default now(),
	primary key (merchant_id, gateway, method)
);
comment on table payment_method_settings is 'What a merchant decided about a method at a gateway; no row = on, for all countries.';
select isolate_by_merchant('payment_method_settings');

create table payment_method_limits (
	merchant_id text not null,
	gateway text not null,
	method text not null,
	currency text not null check (currency ~ '^[a-z]{3}$'),
	min_minor bigint check (min_minor > 0),
	max_minor bigint check (max_minor > 0),
	primary key (merchant_id, gateway, method, currency),
	foreign key (merchant_id, gateway, method) references payment_method_settings,
	check (min_minor is not null or max_minor is not null),
	check (min_minor <= max_minor)
);
comment on table payment_method_limits is 'The merchant''s own smallest and largest payment by a method; the gateway''s limits hold besides.';
select isolate_by_merchant('payment_method_limits');

-- The card of each try that had a payer, so that tries of one card can be counted, whatever its payment shows now.
alter table payment_attempts add column card_fingerprint text;
create index payment_attempts_by_card on payment_attempts (merchant_id, card_fingerprint, started_at)
	where card_fingerprint is not null;

-- Counters of rate-limiter-flexible, in the shape its SQL expects. They may be lost in a crash: counting starts anew.
create unlogged table request_counters (
	key varchar(255) primary key,
	points integer not null default 0,
	-- Unix ms.
	expire bigint
);
create index request_counters_by_expiry on request_counters (expire);
comment on table request_counters is 'How often a session or an address tried to pay lately; shared by all instances, safe to empty.';
