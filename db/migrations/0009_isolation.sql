-- The role the app acts as, and rows that only their merchant's context can see.

do $$
begin
	create role app_rw nologin;
exception when duplicate_object or unique_violation then null;
end $$;
grant app_rw to current_user;
grant usage on schema public to app_rw;
grant select, insert, update, delete on all tables in schema public to app_rw;
grant usage on all sequences in schema public to app_rw;
alter default privileges in schema public grant select, insert, update, delete on tables to app_rw;
alter default privileges in schema public grant usage on sequences to app_rw;
-- The books are written once: not even a mistake in our own code can change them.
revoke update, delete on ledger_transactions, ledger_entries, payment_history, audit_log from app_rw;
revoke insert, update, delete on payment_edges from app_rw;

create function isolate_by_merchant(isolated regclass) returns void language plpgsql as $$
begin
	execute format('alter table %s enable row level security', isolated);
	execute format('alter table %s force row level security', isolated);
	-- The sub-selects are evaluated once per statement, not per row.
	execute format($policy$
		create policy by_merchant on %s using (
			(select current_setting('app.merchant_id', true)) = '*'
			or merchant_id = (select current_setting('app.merchant_id', true)))
		$policy$, isolated);
end $$;
comment on function isolate_by_merchant is
	'Every table with a merchant_id: rows of the merchant in app.merchant_id, of all for *, of none without it.';

select isolate_by_merchant(c.oid::regclass)
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
join pg_attribute a on a.attrelid = c.oid and a.attname = 'merchant_id' and not a.attisdropped
where n.nspname = 'public' and c.relkind in ('r', 'p');
