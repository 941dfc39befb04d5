-- A business that takes no money and changes nothing until the house lets it again. What it has taken stays readable.

alter table merchants
	add column suspended_at timestamptz,
	add column suspend_reason text check (length(suspend_reason) between 1 and 200),
	add constraint merchants_suspended_for_a_reason check ((suspended_at is null) = (suspend_reason is null));
