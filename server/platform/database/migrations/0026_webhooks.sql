-- The secret before the last rotation signs beside the new one until then, so that receivers can change theirs in peace.
alter table receivers add column old_secret text;
alter table receivers add column old_secret_until timestamptz;

create index deliveries_due_of_receiver on deliveries (receiver_id, due_at) where state in ('due', 'sending');
