-- Who must agree to a refund, why one waits, and which were made elsewhere.

create table refund_limits (
	merchant_id text not null references merchants,
	currency text not null check (currency ~ '^[a-z]{3}$'),
	-- Refunds above this need a second person.
	approval_above_minor bigint not null check (approval_above_minor >= 0),
	updated_by text not null,
	updated_at timestamptz not null default now(),
	primary key (merchant_id, currency)
);
comment on table refund_limits is 'Above what amount a second person approves a refund; no row = no limit.';

alter table refunds
	add column pending_reason text check (pending_reason in ('processing', 'insufficient_funds', 'charge_pending', 'awaiting_approval')),
	add column approval_decided_by text,
	add column approval_decided_at timestamptz,
	-- Made at the gateway's own dashboard and mirrored here.
	add column made_at_gateway boolean not null default false,
	-- Who asked that a refund the gateway is waiting with be taken back, until it has answered.
	add column cancel_requested_by text,
	add constraint refunds_same_merchant unique (merchant_id, id),
	add constraint refunds_wait_for_a_reason check (pending_reason is null or status = 'pending'),
	add constraint refunds_decided_by_someone
		check ((approval_decided_by is null) = (approval_decided_at is null));
-- Refunds from before the janitor get their first look.
update refunds set next_check_at = now()
	where status in ('pending', 'requires_action') and next_check_at is null;
-- The janitor: refunds whose next look is overdue.
create index refunds_overdue on refunds (next_check_at) where status in ('pending', 'requires_action');
-- The refunds page: newest first, or by state.
create index refunds_by_merchant_status on refunds (merchant_id, status, id desc);

-- Whatever wrote them and however many at once: refunds done or on their way are what their payment holds back for
-- them, and payments hold back at most what was captured. Judged at commit, when both rows are written.
create function refunds_held_back() returns trigger language plpgsql as $$
declare
	held bigint;
	kept bigint;
begin
	select coalesce(sum(amount_minor), 0) into held from refunds
		where payment_id = new.payment_id and status in ('pending', 'requires_action', 'succeeded');
	select refund_reserved_minor into kept from payments where id = new.payment_id;
	if held <> kept then
		raise exception 'refunds of % are % in all, but % is held back for them', new.payment_id, held, kept
			using errcode = '23514', constraint = 'refunds_held_back';
	end if;
	return null;
end $$;
create constraint trigger refunds_held_back after insert or update of amount_minor, status, payment_id on refunds
	deferrable initially deferred for each row execute function refunds_held_back();
