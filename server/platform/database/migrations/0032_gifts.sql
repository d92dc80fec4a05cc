-- Codes and their ledger: since when owners know that a pool is nearly empty, and which code a coupon is.
alter table code_pools
  add column warned_at timestamptz;
create index incentives_by_code on incentives (workspace_id, lower(code));
