-- Who changed what, where it must be possible to say so later: plays, what the guard let pass, how the workspace acts.
create table audit_log (
  workspace_id uuid not null,
  id uuid primary key,
  at timestamptz not null,
  -- The member, or the API key, that did it.
  person_id uuid,
  api_key_id uuid,
  action text not null,
  -- What it was done to, by kind and id.
  about text not null,
  about_id uuid,
  details jsonb not null default '{}'
);
create index audit_log_of_workspace on audit_log (workspace_id, at desc, id desc);

-- The draft that was published last, so that an order sent twice is done once.
alter table plays add column published_from timestamptz;
