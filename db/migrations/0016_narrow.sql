-- A merchant's own row is theirs as well: requests run in the context of one merchant.

alter table merchants enable row level security;
alter table merchants force row level security;
create policy by_merchant on merchants using (
	(select current_setting('app.merchant_id', true)) = '*'
	or id = (select current_setting('app.merchant_id', true)));
