-- Who uses the house: merchants, people, sessions, keys.

create table merchants (
	id text primary key,
	name text not null check (length(name) between 1 and 120),
	statement_descriptor text not null check (length(statement_descriptor) between 1 and 22),
	created_at timestamptz not null default now()
);
comment on table merchants is 'A business that takes payments; every other row belongs to exactly one.';

create table users (
	id text primary key,
	email text not null,
	name text not null,
	password_hash text not null,
	created_at timestamptz not null default now()
);
create unique index users_email_key on users (lower(email));
comment on table users is 'A person who can log in. password_hash is a PHC string.';

create table memberships (
	merchant_id text not null references merchants,
	user_id text not null references users,
	role text not null check (role in ('owner', 'admin', 'operator', 'analyst', 'developer', 'support')),
	created_at timestamptz not null default now(),
	primary key (merchant_id, user_id)
);
comment on table memberships is 'Which person may act for which merchant, and as what.';

create table sessions (
	token_hash bytea primary key,
	user_id text not null references users,
	merchant_id text not null references merchants,
	created_at timestamptz not null default now(),
	last_seen_at timestamptz not null default now(),
	expires_at timestamptz not null
);
create index sessions_by_user on sessions (user_id);
comment on table sessions is 'Console log-ins. Only the SHA-256 of the cookie is kept.';

create table api_keys (
	id text primary key,
	merchant_id text not null references merchants,
	kind text not null check (kind in ('publishable', 'secret')),
	key_hash bytea not null unique,
	hint text not null,
	created_at timestamptz not null default now(),
	revoked_at timestamptz
);
comment on table api_keys is 'Keys of machines: SHA-256 of the key, and a hint people recognise it by.';
