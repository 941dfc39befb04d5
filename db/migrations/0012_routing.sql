-- Which gateway a payment goes to, and what a decline means.

select set_config('app.merchant_id', '*', true);

-- What the gateway's code means in our words; null on tries that were not declined, and on those from before.
alter table payment_attempts add column standard_code text;

create table routing_rule_sets (
	merchant_id text not null references merchants,
	version integer not null check (version > 0),
	status text not null check (status in ('draft', 'live', 'retired')),
	-- Ordered: the first rule that fits decides (app/domain/routing/rules.ts).
	rules jsonb not null check (jsonb_typeof(rules) = 'array'),
	-- Grows with every save: whoever switches on a draft names the one they have read.
	revision integer not null default 1,
	edited_by text not null,
	edited_at timestamptz not null default now(),
	live_by text,
	live_at timestamptz,
	primary key (merchant_id, version),
	check ((status = 'draft') = (live_at is null)),
	check ((live_at is null) = (live_by is null))
);
comment on table routing_rule_sets is 'Every version of a merchant''s routing rules. One is live, one may be a draft; no row = the usual order of gateways.';
create unique index routing_rule_sets_one_live on routing_rule_sets (merchant_id) where status = 'live';
create unique index routing_rule_sets_one_draft on routing_rule_sets (merchant_id) where status = 'draft';
select isolate_by_merchant('routing_rule_sets');

-- A version that was live is history: it explains the payments it sent.
create function routing_history_kept() returns trigger language plpgsql as $$
begin
	if tg_op = 'DELETE' then
		raise exception 'version % of the routing rules was live: it is kept', old.version using errcode = '23514';
	end if;
	if new.rules <> old.rules or new.version <> old.version or new.live_at <> old.live_at then
		raise exception 'version % of the routing rules was live: it cannot be changed', old.version
			using errcode = '23514', constraint = 'routing_history_kept';
	end if;
	return new;
end $$;
create trigger routing_history_kept before update or delete on routing_rule_sets
	for each row when (old.status <> 'draft') execute function routing_history_kept();

create table decline_overrides (
	merchant_id text not null references merchants,
	gateway text not null,
	code text not null,
	standard_code text not null,
	words text check (length(words) between 1 and 300),
	advice text check (advice in ('retry_same', 'other_card', 'other_method', 'stop')),
	may_fall_back boolean,
	edited_by text not null,
	edited_at timestamptz not null default now(),
	primary key (merchant_id, gateway, code),
	check (words is not null or advice is not null or may_fall_back is not null),
	-- Lost, stolen, to be picked up, suspected or blocked: such a card is never tried again, whoever asks for it.
	constraint decline_overrides_never_again check (
		not (coalesce(may_fall_back, false) or coalesce(advice, '') = 'retry_same')
		or not (standard_code in ('lost_card', 'stolen_card', 'pick_up_card', 'suspected_fraud', 'security_violation',
				'blocked_by_gateway', 'compliance_violation')
			or code in ('lost_card', 'stolen_card', 'pickup_card', 'fraudulent', 'highest_risk_level',
				'elevated_risk_level', 'security_violation', 'merchant_blacklist', 'blocked', 'request_blocked', 'rule',
				'9500', '9510', '9520', '5150', 'PPMC', 'TRANSACTION_BLOCKED_BY_PAYEE', 'PAYEE_BLOCKED_TRANSACTION',
				'COMPLIANCE_VIOLATION')))
);
comment on table decline_overrides is 'What a merchant changed about one code of a gateway''s decline table; null columns keep the default.';
select isolate_by_merchant('decline_overrides');
