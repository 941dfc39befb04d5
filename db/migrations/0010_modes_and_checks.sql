-- Keys belong to a mode, and a reader may ask about an open outcome without using up the schedule.

alter table idempotency_keys add column livemode boolean not null default false,
	drop constraint idempotency_keys_pkey,
	add primary key (merchant_id, livemode, route, key);
alter table idempotency_keys alter column livemode drop default;

alter table payment_attempts
	-- When a reader's question last sent us to the gateway.
	add column asked_at timestamptz;
