-- Secrets at rest, and second factors.

create table data_keys (
	id text primary key,
	-- Null for people, who may belong to several merchants.
	merchant_id text references merchants,
	subject_id text not null,
	purpose text not null check (purpose ~ '^[a-z_]{1,40}$'),
	kek_id text not null,
	wrapped text not null,
	created_at timestamptz not null default now(),
	unique (subject_id, purpose)
);
create index data_keys_by_kek on data_keys (kek_id);
comment on table data_keys is 'One key per subject and purpose, sealed by a key of the environment; without the row nothing sealed with it opens.';
alter table data_keys enable row level security;
alter table data_keys force row level security;
create policy by_merchant on data_keys using (
	merchant_id is null
	or (select current_setting('app.merchant_id', true)) = '*'
	or merchant_id = (select current_setting('app.merchant_id', true)));

create table totp_factors (
	id text primary key,
	user_id text not null unique references users on delete cascade,
	-- Sealed by the vault.
	secret text not null,
	-- Null until a first code was right; it counts for nothing until then.
	confirmed_at timestamptz,
	-- The 30-second step of the last code that was taken: none before it, nor itself, is taken again.
	last_step bigint not null default 0,
	created_at timestamptz not null default now()
);
comment on table totp_factors is 'The authenticator app of a person.';

create table backup_codes (
	user_id text not null references users on delete cascade,
	-- The first character of the code, so that one try costs one hash.
	position smallint not null check (position between 0 and 9),
	code_hash text not null,
	used_at timestamptz,
	created_at timestamptz not null default now(),
	primary key (user_id, position)
);
comment on table backup_codes is 'Codes for whoever lost their factors, as PHC strings; each works once.';

create table passkeys (
	id text primary key,
	user_id text not null references users on delete cascade,
	credential_id text not null unique,
	public_key bytea not null,
	-- Goes up with each use, where the authenticator counts; one that goes back was copied.
	counter bigint not null check (counter >= 0),
	transports text[] not null,
	backed_up boolean not null,
	name text not null check (length(name) between 1 and 60),
	created_at timestamptz not null default now(),
	last_used_at timestamptz
);
create index passkeys_by_user on passkeys (user_id);
comment on table passkeys is 'Public keys of authenticators people log in with.';

create table webauthn_challenges (
	challenge_hash bytea primary key,
	purpose text not null check (purpose in ('register', 'log_in', 'second_factor', 'step_up')),
	-- Null for a log-in: who it is comes with the answer.
	user_id text references users on delete cascade,
	expires_at timestamptz not null
);
comment on table webauthn_challenges is 'What an authenticator was asked to sign. Deleted when it is answered, right or wrong.';

create table pending_log_ins (
	token_hash bytea primary key,
	user_id text not null references users on delete cascade,
	merchant_id text not null references merchants,
	wrong_tries smallint not null default 0,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null
);
create index pending_log_ins_by_user on pending_log_ins (user_id);
comment on table pending_log_ins is 'The password was right, the second factor is still to come. Not a session: it opens nothing.';
select isolate_by_merchant('pending_log_ins');

alter table sessions
	-- When this session last proved who it is: password or factor.
	add column checked_at timestamptz not null default now();

-- Off for those who are here already, on for whoever comes.
alter table merchants add column require_second_factor boolean not null default false;
alter table merchants alter column require_second_factor set default true;
