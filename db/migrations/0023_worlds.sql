-- Every account has two worlds, one of test money and one of real money. Each is a merchant of its own: what keeps
-- merchants apart keeps worlds apart. Members, roles and invitations belong to the account and are seen from both.

select set_config('app.merchant_id', '*', true);

alter table merchants
	-- Whether real money moves here. Never changes.
	add column livemode boolean not null default false,
	-- The account this is the second world of; null for its first, which lends the account its id.
	add column twin_of text references merchants check (twin_of <> id),
	add column account_id text not null generated always as (coalesce(twin_of, id)) stored;
update merchants m set livemode = true
where exists (select from payments p where p.merchant_id = m.id and p.livemode);
alter table merchants
	add constraint merchants_one_of_each_world unique (account_id, livemode),
	add unique (id, livemode),
	add unique (id, account_id);
comment on table merchants is 'A business that takes payments, in one of its two worlds: test or live money. Every other row belongs to exactly one.';

create function keep_world() returns trigger language plpgsql as $$
begin
	raise exception 'merchant % belongs to one world for good', old.id using errcode = 'check_violation';
end $$;
create trigger merchants_keep_world before update on merchants
	for each row when (new.livemode <> old.livemode or new.twin_of is distinct from old.twin_of)
	execute function keep_world();

-- A payment of one world cannot carry the other's mark. What an older installation wrote in both modes is left as it is.
alter table payments
	drop constraint payments_merchant_id_fkey,
	add constraint payments_of_their_world foreign key (merchant_id, livemode) references merchants (id, livemode) not valid;

-- What the context in app.merchant_id sees: a merchant's id, `*` for all, `test` or `live` for every merchant of a world.
create function context_livemode() returns boolean language sql stable as $$
	select case current_setting('app.merchant_id', true)
		when 'live' then true
		when 'test' then false
		when '*' then null
		else (select livemode from merchants where id = current_setting('app.merchant_id', true))
	end
$$;
comment on function context_livemode is 'The world of app.merchant_id; null where that is none or both.';

create function merchants_of_world() returns setof text language sql stable as $$
	select id from merchants
	where current_setting('app.merchant_id', true) in ('test', 'live') and livemode = context_livemode()
$$;

drop policy by_merchant on merchants;
create policy by_merchant on merchants using (
	(select current_setting('app.merchant_id', true)) = '*'
	or id = (select current_setting('app.merchant_id', true))
	or livemode = (select case current_setting('app.merchant_id', true) when 'live' then true when 'test' then false end));

create or replace function isolate_by_merchant(isolated regclass) returns void language plpgsql as $$
begin
	execute format('alter table %s enable row level security', isolated);
	execute format('alter table %s force row level security', isolated);
	execute format('drop policy if exists by_merchant on %s', isolated);
	-- The sub-selects are evaluated once per statement, not per row, and the last one only where a row needs it.
	execute format($policy$
		create policy by_merchant on %s using (
			(select current_setting('app.merchant_id', true)) = '*'
			or merchant_id = (select current_setting('app.merchant_id', true))
			or merchant_id in (select merchants_of_world()))
		$policy$, isolated);
end $$;
comment on function isolate_by_merchant is
	'Every table with a merchant_id: rows of the merchant in app.merchant_id, of all for *, of one world for test or live, of none without it.';
select isolate_by_merchant(format('%I', tablename)::regclass)
from pg_policies where schemaname = 'public' and policyname = 'by_merchant' and tablename not in ('merchants', 'data_keys');

drop policy by_merchant on data_keys;
create policy by_merchant on data_keys using (
	merchant_id is null
	or (select current_setting('app.merchant_id', true)) = '*'
	or merchant_id = (select current_setting('app.merchant_id', true))
	or merchant_id in (select merchants_of_world()));

create function context_account() returns text language sql stable as $$
	select account_id from merchants where id = current_setting('app.merchant_id', true)
$$;
create function isolate_by_account(isolated regclass, account_column text) returns void language plpgsql as $$
begin
	execute format('drop policy by_merchant on %s', isolated);
	execute format($policy$
		create policy by_account on %s using (
			(select current_setting('app.merchant_id', true)) = '*' or %I = (select context_account()))
		$policy$, isolated, account_column);
end $$;
comment on function isolate_by_account is 'What belongs to people rather than to money: seen from both worlds of an account.';

-- A session stands in one world; it ends with the membership, which is the account's.
delete from sessions s where not exists (
	select from memberships b where b.merchant_id = s.merchant_id and b.user_id = s.user_id);
alter table sessions add column account_id text;
update sessions s set account_id = m.account_id from merchants m where m.id = s.merchant_id;
alter table sessions
	alter column account_id set not null,
	add foreign key (merchant_id, account_id) references merchants (id, account_id),
	add foreign key (account_id, user_id) references memberships (merchant_id, user_id) on delete cascade;
create index sessions_by_member on sessions (account_id, user_id);

select isolate_by_account(isolated::regclass, 'merchant_id')
from unnest(array['memberships', 'roles', 'role_limits', 'invitations']) as t (isolated);
select isolate_by_account('sessions', 'account_id');

alter table memberships
	-- The world this person stood in last, and comes back to; null = the account's first.
	add column last_world_id text,
	add foreign key (last_world_id, merchant_id) references merchants (id, account_id);

-- So does a log-in by API.
alter table token_families add column account_id text;
update token_families f set account_id = m.account_id from merchants m where m.id = f.merchant_id;
alter table token_families
	alter column account_id set not null,
	drop constraint token_families_merchant_id_user_id_fkey,
	add foreign key (merchant_id, account_id) references merchants (id, account_id),
	add foreign key (account_id, user_id) references memberships (merchant_id, user_id) on delete cascade;

-- Gateways have books of test money and of real money as well, and send messages about both.
do $$
declare
	known text;
begin
	foreach known in array array['gateway_observations', 'gateway_movements', 'gateway_imports', 'reconciliation_runs', 'webhook_inbox']
	loop
		execute format('alter table %I add column livemode boolean', known);
		execute format('update %I set livemode = coalesce((select bool_or(livemode) from merchants), false)', known);
		execute format('alter table %I alter column livemode set not null, alter column livemode set default context_livemode()', known);
		execute format('alter table %I enable row level security', known);
		execute format('alter table %I force row level security', known);
		execute format($policy$
			create policy by_world on %I using (
				(select current_setting('app.merchant_id', true)) = '*' or livemode = (select context_livemode()))
			$policy$, known);
	end loop;
end $$;
alter table gateway_observations
	drop constraint gateway_observations_pkey, add primary key (livemode, provider, provider_ref, kind);
alter table gateway_movements
	drop constraint gateway_movements_pkey, add primary key (livemode, provider, provider_ref);
alter table webhook_inbox
	drop constraint webhook_inbox_provider_event_id_key, add unique (livemode, provider, event_id);
drop index reconciliation_runs_one_open;
create unique index reconciliation_runs_one_open on reconciliation_runs (livemode, provider) where finished_at is null;

create or replace function gateway_account_owner() returns text language plpgsql as $$
declare
	context text := coalesce(current_setting('app.merchant_id', true), '');
	world boolean := context_livemode();
	owner text;
begin
	perform set_config('app.merchant_id', '*', true);
	select id into owner from merchants where livemode = coalesce(world, livemode) order by created_at, id limit 1;
	perform set_config('app.merchant_id', context, true);
	return owner;
end $$;
comment on function gateway_account_owner is 'The merchant that owns the gateway account of a world: its first.';

create or replace function oldest_payment(of_gateway text) returns timestamptz language plpgsql as $$
declare
	context text := coalesce(current_setting('app.merchant_id', true), '');
	world boolean := context_livemode();
	oldest timestamptz;
begin
	perform set_config('app.merchant_id', '*', true);
	select min(created_at) into oldest from payments
	where gateway = of_gateway and livemode = coalesce(world, livemode);
	perform set_config('app.merchant_id', context, true);
	return oldest;
end $$;
