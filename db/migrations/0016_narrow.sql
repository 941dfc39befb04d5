-- A merchant's own row is theirs as well: requests run in the context of one merchant.

alter table merchants enable row level security;
alter table merchants force row level security;
create policy by_merchant on merchants using (
	(select current_setting('app.merchant_id', true)) = '*'
	or id = (select current_setting('app.merchant_id', true)));

-- What a request may know of the whole house, and nothing more: each function sees every merchant's rows for one
-- statement, and gives the context back.
create function gateway_account_owner() returns text language plpgsql as $$
declare
	context text := coalesce(current_setting('app.merchant_id', true), '');
	owner text;
begin
	perform set_config('app.merchant_id', '*', true);
	select id into owner from merchants order by created_at, id limit 1;
	perform set_config('app.merchant_id', context, true);
	return owner;
end $$;
comment on function gateway_account_owner is 'The merchant that owns the gateway account: the first.';

create function oldest_payment(of_gateway text) returns timestamptz language plpgsql as $$
declare
	context text := coalesce(current_setting('app.merchant_id', true), '');
	oldest timestamptz;
begin
	perform set_config('app.merchant_id', '*', true);
	select min(created_at) into oldest from payments where gateway = of_gateway;
	perform set_config('app.merchant_id', context, true);
	return oldest;
end $$;
comment on function oldest_payment is 'When the first payment was made that this gateway could know.';
