-- What machines show instead of a person: API keys that say what they may do, and the tokens of a log-in by API.

alter table api_keys
	drop constraint api_keys_kind_check,
	add constraint api_keys_kind_check check (kind in ('publishable', 'secret', 'restricted')),
	add column name text not null default 'API key' check (length(name) between 1 and 80),
	-- Of a restricted key; the other kinds have what their kind has.
	add column permissions text[] check (cardinality(permissions) between 1 and 40),
	add constraint api_keys_restricted_by_permissions check ((kind = 'restricted') = (permissions is not null)),
	-- Where it may come from; empty = from everywhere.
	add column networks cidr[] not null default '{}' check (cardinality(networks) <= 50),
	-- Of this key alone; null = what every key has.
	add column requests_per_minute integer check (requests_per_minute between 1 and 100000),
	add column expires_at timestamptz,
	-- To the minute.
	add column last_used_at timestamptz,
	add column created_by text,
	-- The key that takes over when this one is rolled.
	add column replaced_by text unique references api_keys,
	add column revoked_by text,
	add column revoke_reason text check (length(revoke_reason) between 1 and 200);
create index api_keys_by_merchant on api_keys (merchant_id, created_at);

create table signing_keys (
	kid text primary key check (kid ~ '^[A-Za-z0-9_-]{43}$'),
	public_jwk jsonb not null,
	private_key text not null,
	created_at timestamptz not null default now(),
	-- From then on it signs nothing; what it signed lives for ten minutes more.
	retired_at timestamptz
);
create unique index signing_keys_one_signs on signing_keys ((true)) where retired_at is null;
comment on table signing_keys is 'Ed25519 keys of the access tokens; exactly one signs. private_key is sealed by the vault.';

create table token_families (
	id text primary key,
	merchant_id text not null,
	user_id text not null,
	-- When the person last proved who they are.
	authenticated_at timestamptz not null default now(),
	expires_at timestamptz not null,
	revoked_at timestamptz,
	revoke_reason text check (revoke_reason in ('logged_out', 'refresh_token_reused', 'ended')),
	foreign key (merchant_id, user_id) references memberships on delete cascade,
	check ((revoked_at is null) = (revoke_reason is null))
);
create index token_families_by_member on token_families (merchant_id, user_id);
create index token_families_by_expiry on token_families (expires_at);
comment on table token_families is 'Log-ins by API: one row for a log-in and all tokens that follow from it.';
select isolate_by_merchant('token_families');

create table refresh_tokens (
	token_hash bytea primary key,
	family_id text not null references token_families on delete cascade,
	created_at timestamptz not null default now(),
	spent_at timestamptz,
	successor_hash bytea references refresh_tokens deferrable initially deferred,
	-- The successor, for a client that lost the answer; only who has this token can open it. Gone once it was handed out again.
	sealed_successor text,
	check ((spent_at is null) = (successor_hash is null))
);
create index refresh_tokens_by_family on refresh_tokens (family_id);
comment on table refresh_tokens is 'SHA-256 of refresh tokens; each is used once and names the one that followed.';
