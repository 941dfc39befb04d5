-- Signing in through another house.

create table linked_identities (
	provider text not null check (provider in ('google')),
	-- The provider's own id of the person: never the e-mail address, which may move to somebody else.
	subject text not null check (length(subject) between 1 and 255),
	user_id text not null references users on delete cascade,
	-- What the account over there was called when it was linked, for the page that shows it.
	email text not null,
	created_at timestamptz not null default now(),
	last_used_at timestamptz,
	primary key (provider, subject),
	unique (user_id, provider)
);
comment on table linked_identities is 'Accounts at other houses that open an account here.';

create table pending_identities (
	token_hash bytea primary key,
	provider text not null check (provider in ('google')),
	subject text not null check (length(subject) between 1 and 255),
	email text not null,
	name text not null,
	-- Whose account it may be linked to; null while it may begin a new one.
	user_id text references users on delete cascade,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null
);
create index pending_identities_by_expiry on pending_identities (expires_at);
comment on table pending_identities is 'Somebody has come back from another house with a proven address and has not decided yet. Opens nothing.';

-- Null: no password was ever chosen; they sign in in another way.
alter table users alter column password_hash drop not null;
