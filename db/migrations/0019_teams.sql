-- Roles of a merchant's own with amount limits, invitations, and an owner that always remains.

create table roles (
	id text primary key check (id like 'rol\_%'),
	merchant_id text not null references merchants,
	name text not null check (length(name) between 1 and 60),
	permissions text[] not null check (cardinality(permissions) > 0 and array_position(permissions, null) is null),
	updated_by text not null,
	created_at timestamptz not null default now(),
	updated_at timestamptz not null default now(),
	unique (merchant_id, id)
);
create unique index roles_name_key on roles (merchant_id, lower(name));
comment on table roles is 'A merchant''s own roles, beside those that every merchant has (app/domain/access/roles.ts).';
select isolate_by_merchant('roles');

create table role_limits (
	merchant_id text not null,
	role_id text not null,
	permission text not null
		check (permission in ('payments.operate', 'reviews.decide', 'refunds.create', 'refunds.approve')),
	currency text not null check (currency ~ '^[a-z]{3}$'),
	-- Null = no limit in this currency.
	most_minor bigint check (most_minor > 0),
	primary key (merchant_id, role_id, permission, currency),
	foreign key (merchant_id, role_id) references roles (merchant_id, id) on delete cascade
);
comment on table role_limits is
	'The most one decision of a role may move. A permission without rows has no limit; with rows, a currency without one is refused.';
select isolate_by_merchant('role_limits');

alter table memberships drop constraint memberships_role_check;
alter table memberships
	add column own_role_id text generated always as (case when role like 'rol\_%' then role end) stored,
	add constraint memberships_role_check check (
		role in ('owner', 'admin', 'operator', 'analyst', 'developer', 'support') or role like 'rol\_%'),
	-- A role that somebody holds cannot be deleted.
	add constraint memberships_own_role_fkey foreign key (merchant_id, own_role_id) references roles (merchant_id, id);
create index memberships_by_own_role on memberships (merchant_id, own_role_id) where own_role_id is not null;
comment on column memberships.role is 'One of the roles every merchant has, or the id of an own one.';

-- The name, permissions and limits of an own role as JSON (amounts as text); null for the roles every merchant has.
create function own_role(of_merchant text, of_role text) returns jsonb language sql stable as $$
	select jsonb_build_object(
		'name', r.name,
		'permissions', to_jsonb(r.permissions),
		'limits', coalesce((
			select jsonb_agg(jsonb_build_object(
				'permission', l.permission, 'currency', l.currency, 'most_minor', l.most_minor::text)
				order by l.permission, l.currency)
			from role_limits l where l.merchant_id = r.merchant_id and l.role_id = r.id), '[]'))
	from roles r
	where of_role like 'rol\_%' and r.merchant_id = of_merchant and r.id = of_role
$$;

-- The app judges first and says so in words; this holds when it forgets, and when two requests race.
create function keep_an_owner() returns trigger language plpgsql as $$
begin
	perform 1 from merchants where id = old.merchant_id for no key update;
	if not exists (select 1 from memberships where merchant_id = old.merchant_id and role = 'owner') then
		raise exception 'merchant % would have no owner', old.merchant_id
			using errcode = 'check_violation', constraint = 'memberships_keep_an_owner';
	end if;
	return null;
end $$;
create trigger keep_an_owner after delete or update on memberships
	for each row when (old.role = 'owner') execute function keep_an_owner();

create table invitations (
	id text primary key check (id like 'inv\_%'),
	merchant_id text not null references merchants,
	email text not null check (length(email) between 3 and 254),
	role text not null check (
		role in ('owner', 'admin', 'operator', 'analyst', 'developer', 'support') or role like 'rol\_%'),
	invited_by text not null,
	created_at timestamptz not null default now(),
	-- Moves on when it is sent again.
	expires_at timestamptz not null,
	sent_at timestamptz not null default now(),
	accepted_at timestamptz,
	accepted_by text references users,
	revoked_at timestamptz,
	-- While it is open, its role cannot be deleted.
	open_role_id text generated always as (
		case when role like 'rol\_%' and accepted_at is null and revoked_at is null then role end) stored,
	foreign key (merchant_id, open_role_id) references roles (merchant_id, id),
	check (accepted_at is null or revoked_at is null),
	check ((accepted_at is null) = (accepted_by is null))
);
create unique index invitations_open_key on invitations (merchant_id, lower(email))
	where accepted_at is null and revoked_at is null;
create index invitations_by_merchant on invitations (merchant_id, id desc);
comment on table invitations is 'People asked to join a team. The link''s token is in the mail only, its hash in mail_tokens (kind invitation).';
select isolate_by_merchant('invitations');
