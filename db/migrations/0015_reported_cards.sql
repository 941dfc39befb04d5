-- Cards whose bank said lost, stolen or to be picked up: never charged again, whoever tries.

create table reported_cards (
	merchant_id text not null references merchants,
	-- The same for the same card within one gateway account.
	card_fingerprint text not null,
	standard_code text not null check (standard_code in ('lost_card', 'stolen_card', 'pick_up_card')),
	-- The try whose answer said so.
	attempt_id text not null references payment_attempts,
	reported_at timestamptz not null default now(),
	primary key (merchant_id, card_fingerprint)
);
comment on table reported_cards is 'Written with the decline that said so. Screening refuses the card; no gateway is asked about it again.';
select isolate_by_merchant('reported_cards');
revoke update, delete on reported_cards from app_rw;
