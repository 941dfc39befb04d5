-- More than one gateway: what a payment is paid with, which gateway each try went to and why, and what each one holds.

select set_config('app.merchant_id', '*', true);

alter table payments
	add column method_type text check (method_type in
		('card', 'apple_pay', 'google_pay', 'link', 'us_bank_account', 'sepa_debit', 'paypal')),
	-- The same card as other gateways know it, by gateway: what a fallback can charge without asking the payer again.
	add column fallback_methods jsonb not null default '{}' check (jsonb_typeof(fallback_methods) = 'object');
comment on column payments.gateway is 'Where the last try went; before the first, where the method named at creation belongs.';

alter table payment_attempts drop constraint payment_attempts_status_check;
alter table payment_attempts
	add constraint payment_attempts_status_check check (status in
		('sent', 'unknown', 'requires_action', 'approved', 'authorized', 'succeeded', 'declined', 'canceled')),
	-- How often the payer has said yes: part of the key of the call that then takes the money.
	add column approvals integer not null default 0,
	-- Why this gateway: rule, order of the gateways, what was skipped. Null when there was no choice.
	add column route jsonb;
-- Success and trouble of each gateway in the last minutes and days. Block ranges: rows are written in this order.
create index payment_attempts_by_time on payment_attempts using brin (started_at) with (pages_per_range = 16);

-- Each gateway holds its own money.
alter table ledger_accounts add column gateway text not null default '';
update ledger_accounts set gateway = 'stripe' where kind = 'gateway_clearing';
alter table ledger_accounts drop constraint ledger_accounts_merchant_id_kind_currency_key;
alter table ledger_accounts
	add unique (merchant_id, kind, currency, gateway),
	add check ((kind = 'gateway_clearing') = (gateway <> ''));
comment on column ledger_accounts.gateway is 'Of gateway_clearing: whose books it mirrors. Empty for all others.';
