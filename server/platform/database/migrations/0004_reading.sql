-- A page of responses shows the account of each customer.
create unique index accounts_by_id on accounts (id);

-- Changes live for a second; without this the dead ones would be read past until a fifth of the table is dead.
alter table score_changes set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
