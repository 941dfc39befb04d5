-- Double entry: append-only entries, balances that equal their sum, transactions that sum to zero.

create table ledger_accounts (
	id text primary key,
	merchant_id text not null references merchants,
	kind text not null check (kind in ('gateway_clearing', 'merchant_balance', 'fees', 'refunds')),
	currency text not null,
	balance_minor bigint not null default 0,
	entry_count bigint not null default 0,
	min_balance_minor bigint,
	unique (merchant_id, kind, currency),
	unique (id, merchant_id, currency)
);
comment on table ledger_accounts is 'Debit positive. balance_minor = sum of the entries, entry_count = the last account_seq.';

create table ledger_transactions (
	id text primary key,
	merchant_id text not null references merchants,
	kind text not null check (kind in ('capture', 'refund_reserve', 'refund', 'refund_release')),
	source_type text not null check (source_type in ('payment', 'refund')),
	source_id text not null,
	created_at timestamptz not null default now(),
	-- One posting per business fact.
	unique (source_type, source_id, kind)
);
comment on table ledger_transactions is 'One fact about money; its entries sum to zero per currency.';

create table ledger_entries (
	id text primary key,
	tx_id text not null references ledger_transactions,
	merchant_id text not null,
	account_id text not null,
	account_seq bigint not null,
	amount_minor bigint not null check (amount_minor <> 0),
	currency text not null,
	created_at timestamptz not null default now(),
	unique (account_id, account_seq),
	-- An entry has the merchant and the currency of its account.
	foreign key (account_id, merchant_id, currency) references ledger_accounts (id, merchant_id, currency)
);
comment on table ledger_entries is 'Append-only. Positive = debit, negative = credit, in minor units of currency.';
create index ledger_entries_by_tx on ledger_entries (tx_id);

create function ledger_balances() returns trigger language plpgsql as $$
begin
	if exists (select from ledger_entries where tx_id = new.tx_id group by currency having sum(amount_minor) <> 0) then
		raise exception 'ledger transaction % does not sum to zero', new.tx_id using errcode = '23514';
	end if;
	return null;
end $$;
create constraint trigger ledger_transaction_balances after insert on ledger_entries
	deferrable initially deferred for each row execute function ledger_balances();

create function refuse_change() returns trigger language plpgsql as $$
begin
	raise exception '% is append-only', tg_table_name using errcode = '42501';
end $$;
create trigger ledger_entries_append_only before update or delete on ledger_entries
	for each row execute function refuse_change();
create trigger ledger_transactions_append_only before update or delete on ledger_transactions
	for each row execute function refuse_change();
create trigger payment_history_append_only before update or delete on payment_history
	for each row execute function refuse_change();
