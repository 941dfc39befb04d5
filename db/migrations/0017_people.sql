-- Accounts that people make themselves: sign-ups, proven addresses, links by mail, preferences, devices.

alter table users
	-- When the address was last proven by a link; null until then.
	add column email_verified_at timestamptz,
	add column password_changed_at timestamptz not null default now(),
	add column theme text not null default 'system' check (theme in ('system', 'light', 'dark')),
	add column density text not null default 'comfortable' check (density in ('comfortable', 'compact')),
	-- Mail beyond what the security of the account needs.
	add column notifications_enabled boolean not null default true;
-- Whoever is here already was entered by the operator.
update users set email_verified_at = created_at;

alter table sessions
	-- What a session is called on the page that lists them; the cookie never leaves its owner.
	add column id uuid not null default gen_random_uuid() unique,
	add column user_agent text check (length(user_agent) <= 300),
	-- The address it was opened from: IPv4, or the /64 of IPv6.
	add column network text;

create table sign_ups (
	id text primary key,
	email text not null,
	name text not null,
	merchant_name text not null,
	password_hash text not null,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null
);
create index sign_ups_by_email on sign_ups (lower(email));
create index sign_ups_by_expiry on sign_ups (expires_at);
comment on table sign_ups is
	'People who asked for an account. It is made when they prove the address, so that nobody can take an address that is not theirs or find out whether one is known.';

create table email_changes (
	id text primary key,
	user_id text not null references users,
	from_email text not null,
	to_email text not null,
	created_at timestamptz not null default now(),
	confirmed_at timestamptz,
	-- Another change took its place, or the person thought better of it.
	dropped_at timestamptz
);
create unique index email_changes_open on email_changes (user_id) where confirmed_at is null and dropped_at is null;
comment on table email_changes is 'A new address counts once a link sent to it was opened; the old one is told twice.';

create table mail_tokens (
	token_hash bytea primary key,
	kind text not null,
	-- Of what the link is for: a sign-up, a person, a change of address, an invitation.
	subject_id text not null,
	email text not null,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null,
	used_at timestamptz
);
create index mail_tokens_by_subject on mail_tokens (kind, subject_id);
create index mail_tokens_by_expiry on mail_tokens (expires_at);
comment on table mail_tokens is 'Links sent by mail, used once. Only the SHA-256 of what is in the link is kept.';

create table local_mailbox (
	id bigint generated always as identity primary key,
	sent_to text not null,
	subject text not null,
	text_body text not null,
	html_body text not null,
	created_at timestamptz not null default now()
);
comment on table local_mailbox is 'Mail of a house without an SMTP server, read at /dev/mail. Never written in production.';
