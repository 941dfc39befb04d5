-- Rates, quotes, and books in more than one currency.

alter table merchants
	-- What the merchant's balance is kept in; orders are priced in it.
	add column settlement_currency text not null default 'eur' check (settlement_currency ~ '^[a-z]{3}$'),
	-- Added to the published rate of a quote, in hundredths of a percent.
	add column fx_spread_bps integer not null default 150 check (fx_spread_bps between 0 and 1000);

-- Whoever has orders goes on in the currency they are priced in.
select set_config('app.merchant_id', '*', true);
update merchants m set settlement_currency = s.currency
from (select distinct on (merchant_id) merchant_id, currency from checkout_sessions
	order by merchant_id, created_at desc) s
where s.merchant_id = m.id;

create table fx_rates (
	-- The day the rates were published for.
	as_of date not null,
	-- ecb = read from the ECB; ecb_snapshot = the file this program is shipped with.
	source text not null check (source in ('ecb', 'ecb_snapshot')),
	base text not null default 'eur' check (base = 'eur'),
	currency text not null check (currency ~ '^[a-z]{3}$' and currency <> base),
	-- Units of currency for one unit of base, exactly as published.
	rate numeric not null check (rate > 0),
	fetched_at timestamptz not null,
	primary key (as_of, source, currency)
);
comment on table fx_rates is 'Published rates, one row per day, source and currency; never changed.';

create table fx_quotes (
	id text primary key,
	merchant_id text not null references merchants,
	-- The order it was made for; null when the API asked.
	checkout_session_id text references checkout_sessions,
	settlement_minor bigint not null check (settlement_minor > 0),
	settlement_currency text not null check (settlement_currency ~ '^[a-z]{3}$'),
	presentment_minor bigint not null check (presentment_minor > 0),
	presentment_currency text not null check (presentment_currency ~ '^[a-z]{3}$'),
	-- Presentment currency for one unit of settlement currency: as published, and with the spread, as charged.
	mid_rate numeric not null check (mid_rate > 0),
	rate numeric not null check (rate >= mid_rate),
	spread_bps integer not null check (spread_bps between 0 and 1000),
	source text not null,
	as_of date not null,
	fetched_at timestamptz not null,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null,
	used_by_payment text references payments,
	unique (merchant_id, id),
	check (settlement_currency <> presentment_currency)
);
comment on table fx_quotes is 'What an amount costs in another currency, and until when that holds. Only used_by_payment changes.';
create index fx_quotes_by_session on fx_quotes (checkout_session_id) where checkout_session_id is not null;

alter table payments
	add column fx_quote_id text,
	add foreign key (merchant_id, fx_quote_id) references fx_quotes (merchant_id, id);

-- What a refund or a dispute of a quoted payment takes from the settlement balance, at the payment's own rate; and what
-- it cost beyond that (a gain is negative) because rates have moved.
alter table refunds
	add column settlement_minor bigint check (settlement_minor >= 0),
	add column settlement_currency text,
	add column fx_result_minor bigint,
	add constraint refunds_converted_whole
		check (num_nonnulls(settlement_minor, settlement_currency, fx_result_minor) in (0, 3));
alter table disputes
	add column settlement_minor bigint check (settlement_minor >= 0),
	add column settlement_currency text,
	add column fx_result_minor bigint,
	add constraint disputes_converted_whole
		check (num_nonnulls(settlement_minor, settlement_currency, fx_result_minor) in (0, 3));

alter table ledger_accounts drop constraint ledger_accounts_kind_check,
	add constraint ledger_accounts_kind_check check (kind in ('gateway_clearing', 'merchant_balance', 'fees', 'refunds',
		'disputed_funds', 'dispute_reserve', 'bank', 'fx_clearing', 'fx_result'));
alter table ledger_transactions drop constraint ledger_transactions_kind_check,
	add constraint ledger_transactions_kind_check check (kind in ('capture', 'fee', 'refund_reserve', 'refund',
		'refund_release', 'dispute_open', 'dispute_won', 'dispute_lost', 'payout', 'conversion', 'conversion_back',
		'conversion_undone'));

select isolate_by_merchant('fx_quotes');
-- A quote is a promise: what it says cannot be changed, not even by a mistake of ours.
revoke update, delete on fx_rates, fx_quotes from app_rw;
grant update (used_by_payment) on fx_quotes to app_rw;
