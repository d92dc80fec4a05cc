-- Ask and record. Every table that grows with customers carries customer_id (or is customers) and has it in its keys.

create table surveys (
  workspace_id uuid not null,
  id uuid primary key,
  name text not null,
  question text not null,
  state text not null default 'live' check (state in ('draft', 'live', 'paused', 'archived')),
  created_at timestamptz not null default now()
);
create index surveys_of_workspace on surveys (workspace_id, created_at);

create table accounts (
  workspace_id uuid not null,
  id uuid not null,
  key text not null,
  name text,
  traits jsonb not null default '{}',
  import_id uuid,
  created_at timestamptz not null default now(),
  primary key (workspace_id, key)
);

create table customers (
  workspace_id uuid not null,
  id uuid primary key,
  account_id uuid,
  external_id text,
  email text,
  phone text,
  name text,
  language text,
  time_zone text,
  traits jsonb not null default '{}',
  anonymous boolean not null default false,
  import_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index customers_of_workspace on customers (workspace_id, id);

create table customer_keys (
  workspace_id uuid not null,
  key text not null,
  customer_id uuid not null,
  primary key (key, workspace_id)
);
create index customer_keys_of_customer on customer_keys (customer_id);

create table responses (
  workspace_id uuid not null,
  customer_id uuid not null,
  id uuid not null,
  survey_id uuid not null,
  score smallint not null check (score between 0 and 10),
  comment text,
  language text,
  channel text not null,
  at timestamptz not null,
  received_at timestamptz not null default now(),
  traits jsonb not null default '{}',
  weight double precision check (weight > 0),
  source_id text,
  import_id uuid,
  primary key (customer_id, id)
);
create index responses_by_time on responses (workspace_id, survey_id, at desc, id desc);

-- Scores are 11 counts. A day is a UTC day. attribute '' holds everybody; 'channel' and 'language' split them.
create table score_days (
  workspace_id uuid not null,
  survey_id uuid not null,
  attribute text not null,
  value text not null,
  day date not null,
  counts integer[] not null,
  weights double precision[] not null,
  squared_weights double precision[] not null,
  primary key (workspace_id, survey_id, attribute, value, day)
);

-- What changed since the last fold, appended in the transaction that changed it. Screens read days plus changes,
-- so they are exact at every moment, and no two transactions wait for the same row.
create table score_changes (
  id bigint generated always as identity primary key,
  workspace_id uuid not null,
  survey_id uuid not null,
  attribute text not null,
  value text not null,
  day date not null,
  counts integer[] not null,
  weights double precision[] not null,
  squared_weights double precision[] not null
);
create index score_changes_of_survey on score_changes (workspace_id, survey_id, attribute);

create table imports (
  workspace_id uuid not null,
  id uuid primary key,
  survey_id uuid not null,
  name text not null,
  state text not null check (state in ('uploading', 'uploaded', 'running', 'done', 'failed', 'undoing', 'undone')),
  bytes bigint not null default 0,
  bytes_read bigint not null default 0,
  file_hash text,
  format jsonb,
  mapping jsonb,
  rows_read bigint not null default 0,
  rows_stored bigint not null default 0,
  rows_known bigint not null default 0,
  rows_unanswered bigint not null default 0,
  rows_failed bigint not null default 0,
  error jsonb,
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  finished_at timestamptz
);
create index imports_of_workspace on imports (workspace_id, created_at desc);

create table import_chunks (
  import_id uuid not null,
  number integer not null,
  bytes bytea not null,
  primary key (import_id, number)
);

create table import_failures (
  import_id uuid not null,
  line bigint not null,
  reason text not null,
  values jsonb not null default '{}',
  row text not null,
  primary key (import_id, line)
);
