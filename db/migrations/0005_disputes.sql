-- Disputes: a bank takes money back, or asks about it first.

create table disputes (
	id text primary key,
	merchant_id text not null,
	payment_id text not null,
	provider text not null,
	provider_ref text not null,
	-- An inquiry only asks; a dispute has taken the money; pre-arbitration is the second round.
	stage text not null check (stage in ('inquiry', 'dispute', 'pre_arbitration')),
	-- closed = it ended without a verdict: an inquiry that came to nothing, or a dispute that was averted.
	status text not null check (status in ('needs_response', 'under_review', 'won', 'lost', 'closed')),
	amount_minor bigint not null check (amount_minor > 0),
	currency text not null check (currency ~ '^[a-z]{3}$'),
	-- What the gateway charged for the case and has not given back.
	fee_minor bigint not null default 0 check (fee_minor >= 0),
	reason text not null,
	network_reason_code text,
	-- Where the amount is: with the merchant, taken by the bank and held in the ledger, given back, or gone.
	funds text not null default 'none' check (funds in ('none', 'held', 'returned', 'lost')),
	is_charge_refundable boolean not null default false,
	evidence jsonb not null default '{}',
	evidence_due_at timestamptz,
	evidence_submitted_at timestamptz,
	evidence_submitted_by text,
	-- Which question of the bank is being answered; part of the key of the call that answers it.
	round integer not null default 1 check (round > 0),
	-- How many answers the gateway had when this round began.
	submissions integer not null default 0 check (submissions >= 0),
	-- Evidence or an acceptance that was asked of the gateway and has no answer yet.
	requested_operation text check (requested_operation in ('submit', 'accept')),
	requested_by text,
	-- The last countdown alert sent: 7, 3 or 1 days before the evidence is due, 0 = it is overdue.
	alerted_days integer check (alerted_days in (7, 3, 1, 0)),
	opened_at timestamptz not null,
	closed_at timestamptz,
	next_check_at timestamptz,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now(),
	foreign key (merchant_id, payment_id) references payments (merchant_id, id),
	unique (merchant_id, id),
	unique (provider, provider_ref),
	check ((status in ('won', 'lost', 'closed')) = (closed_at is not null))
);
comment on table disputes is 'One case at the gateway. A payment may have several; none of them changes its status.';
create index disputes_by_payment on disputes (payment_id);
-- The disputes page: newest first, or the open ones by due date.
create index disputes_by_merchant on disputes (merchant_id, status, id desc);
-- Countdown alerts, and the janitor.
create index disputes_due on disputes (evidence_due_at) where status = 'needs_response';
create index disputes_to_look_at on disputes (next_check_at) where next_check_at is not null;

alter table ledger_accounts drop constraint ledger_accounts_kind_check,
	add constraint ledger_accounts_kind_check check (kind in ('gateway_clearing', 'merchant_balance', 'fees', 'refunds',
		'disputed_funds', 'dispute_reserve', 'bank'));
alter table ledger_transactions drop constraint ledger_transactions_kind_check,
	add constraint ledger_transactions_kind_check check (kind in ('capture', 'fee', 'refund_reserve', 'refund',
		'refund_release', 'dispute_open', 'dispute_won', 'dispute_lost', 'payout'));
alter table ledger_transactions drop constraint ledger_transactions_source_type_check,
	add constraint ledger_transactions_source_type_check check (source_type in ('payment', 'refund', 'dispute', 'payout'));
