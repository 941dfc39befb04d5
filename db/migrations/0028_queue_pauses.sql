-- Background work that a person has stopped for a while. The queue is shared by all merchants, so this is as well.
create table queue_pauses (
	queue text primary key,
	paused_by text not null,
	reason text not null check (length(reason) between 1 and 500),
	paused_at timestamptz not null default now()
);
comment on table queue_pauses is 'Queues no worker fetches from until they are let go on.';
