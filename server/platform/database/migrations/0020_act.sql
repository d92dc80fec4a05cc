-- What is done for customers: plays with their holdouts, what they hand out and send, and the inbox that closes the loop.
-- Tables that grow with customers are keyed by customer_id, as everywhere.

-- How the workspace acts, beyond one play.
create table act_settings (
  workspace_id uuid primary key,
  -- Share of all customers that no play contacts, and the salt by which they are found.
  permanent_holdout double precision not null default 0.05 check (permanent_holdout between 0 and 0.5),
  permanent_salt text not null,
  -- Of the inbox: business hours, time to the first reply, who takes turns, which rules open cases.
  inbox jsonb not null default '{}',
  updated_by uuid,
  updated_at timestamptz not null default now()
);

create table plays (
  workspace_id uuid not null,
  id uuid primary key,
  name text not null,
  -- live: customers enter; paused: nobody enters and nobody moves on; closed: nobody enters, who is in it moves on; ended.
  state text not null default 'draft' check (state in ('draft', 'live', 'paused', 'closed', 'ended')),
  -- The published version; 0 before the first.
  version integer not null default 0,
  -- What was edited and not published yet: PlayDefinition.
  draft jsonb,
  draft_at timestamptz,
  -- By which customers are assigned; stays the same for ever, or the arms would be others.
  salt text not null,
  owner_id uuid,
  created_by uuid,
  created_at timestamptz not null default now(),
  live_since timestamptz,
  -- Fixed at the first publishing: when the result is read.
  planned jsonb,
  decision text check (decision in ('keep', 'stop')),
  decided_by uuid,
  decided_at timestamptz,
  ended_at timestamptz
);
create index plays_of_workspace on plays (workspace_id, created_at desc);

-- As published. Who entered with a version stays with it.
create table play_versions (
  workspace_id uuid not null,
  play_id uuid not null,
  number integer not null,
  definition jsonb not null,
  published_by uuid,
  published_at timestamptz not null default now(),
  primary key (play_id, number)
);

-- What an owner let pass although the guard refused it: who, why, which rule.
create table guard_overrides (
  workspace_id uuid not null,
  id uuid primary key,
  play_id uuid not null,
  version integer not null,
  rule text not null,
  reason text not null,
  person_id uuid not null,
  at timestamptz not null
);
create index guard_overrides_of_play on guard_overrides (workspace_id, play_id, at);

-- The result of a play as it was read at a moment; the one at the horizon decides.
create table play_looks (
  workspace_id uuid not null,
  play_id uuid not null,
  at timestamptz not null,
  horizon text not null check (horizon in ('ahead', 'at', 'behind')),
  figures jsonb not null,
  decision text not null,
  reason text not null,
  primary key (play_id, at)
);

-- One customer in one play, written before anything is sent. The arm and how it was drawn never change.
create table enrolments (
  workspace_id uuid not null,
  customer_id uuid not null,
  -- Follows from play, customer and entry, so that nobody enters twice.
  id uuid not null,
  play_id uuid not null,
  version integer not null,
  entry integer not null default 1,
  -- What was assigned: the customer, or the account with all its people.
  unit_id uuid not null,
  place double precision not null,
  arm text not null check (arm in ('treated', 'holdout')),
  entered_at timestamptz not null,
  -- What was so when they entered; the answer is compared with this.
  score_before smallint,
  category_before text check (category_before in ('promoter', 'passive', 'detractor')),
  state text not null default 'active' check (state in ('active', 'done', 'stopped')),
  -- Where they are: the id of a step of the version.
  step text,
  stopped_by text,
  ended_at timestamptz,
  -- When the result is final, and what it is: whether the goal was reached by then.
  result_due timestamptz not null,
  goal_at timestamptz,
  reached boolean,
  settled_at timestamptz,
  primary key (customer_id, id)
);
create index enrolments_of_play on enrolments (workspace_id, play_id, arm, entered_at);
create index enrolments_to_settle on enrolments (result_due) where settled_at is null;
-- Not unique: two customers who are found to be one bring the enrolments of both, and both count as they were assigned.
create index enrolments_active on enrolments (customer_id, play_id) where state = 'active';

-- One step of one enrolment: due, in the hands of a worker, done. Its id follows from enrolment, step and visit, so that
-- whatever it causes can be told to have happened.
create table step_runs (
  workspace_id uuid not null,
  customer_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  play_id uuid not null,
  version integer not null,
  step text not null,
  visit integer not null default 1,
  kind text not null,
  state text not null default 'due' check (state in ('due', 'running', 'done', 'skipped', 'failed', 'cancelled')),
  due_at timestamptz not null,
  -- What a waiting one ends early with; null for time alone.
  until jsonb,
  attempts smallint not null default 0,
  claimed_at timestamptz,
  claim uuid,
  done_at timestamptz,
  -- Which way it went on, and what came of it.
  went text,
  result jsonb,
  reason text,
  primary key (customer_id, id)
);
create index step_runs_due on step_runs (due_at) where state in ('due', 'running');
create index step_runs_of_play on step_runs (workspace_id, play_id, step, state);
create index step_runs_of_enrolment on step_runs (customer_id, enrolment_id);

-- Mail of plays and of the inbox, both ways.
create table messages (
  workspace_id uuid not null,
  customer_id uuid not null,
  id uuid not null,
  direction text not null check (direction in ('out', 'in')),
  enrolment_id uuid,
  step_run_id uuid,
  play_id uuid,
  case_id uuid,
  -- held: can still be taken back; queued, sending, sent, failed, cancelled as with invitations; received.
  state text not null check (state in ('held', 'queued', 'sending', 'sent', 'failed', 'cancelled', 'received')),
  language text,
  sender text,
  recipient text,
  subject text not null,
  text text not null,
  html text,
  message_id text,
  in_reply_to text,
  -- What was chosen for this customer, by the ids of the library.
  content uuid[] not null default '{}',
  written_by uuid,
  created_at timestamptz not null,
  send_after timestamptz not null,
  attempts smallint not null default 0,
  claimed_at timestamptz,
  claim uuid,
  sent_at timestamptz,
  opened_at timestamptz,
  clicked_at timestamptz,
  bounced_at timestamptz,
  complained_at timestamptz,
  unsubscribed_at timestamptz,
  reason text,
  primary key (customer_id, id)
);
create index messages_to_send on messages (send_after) where state in ('held', 'queued', 'sending');
create index messages_of_case on messages (customer_id, case_id) where case_id is not null;
create index messages_of_play on messages (workspace_id, play_id, created_at desc) where play_id is not null;

-- Codes that are worth something, each for one customer. Which customer has which stands in incentives alone.
create table code_pools (
  workspace_id uuid not null,
  id uuid primary key,
  name text not null,
  -- What one is worth, in words for members, and as an amount for the cost of a play.
  worth text not null default '',
  amount double precision check (amount >= 0),
  currency text,
  low_stock integer not null default 20 check (low_stock >= 0),
  expires_at timestamptz,
  created_by uuid,
  created_at timestamptz not null default now(),
  deleted_at timestamptz
);
create unique index code_pools_by_name on code_pools (workspace_id, lower(name)) where deleted_at is null;

create table codes (
  workspace_id uuid not null,
  pool_id uuid not null,
  id uuid not null,
  code text not null,
  state text not null default 'free' check (state in ('free', 'given', 'withdrawn')),
  -- Of the incentive; what hands it out twice finds it given.
  incentive_id uuid,
  added_at timestamptz not null default now(),
  primary key (pool_id, id),
  unique (pool_id, code)
);
create index codes_free on codes (pool_id, id) where state = 'free';

-- The ledger: who got what, when, why, and whether it was used.
create table incentives (
  workspace_id uuid not null,
  customer_id uuid not null,
  -- Follows from the run of its step, so that one step gives one code.
  id uuid not null,
  pool_id uuid not null,
  code_id uuid not null,
  code text not null,
  purpose text not null check (purpose in ('answer', 'review', 'offer', 'thanks')),
  play_id uuid,
  enrolment_id uuid,
  step_run_id uuid,
  given_by uuid,
  reason text,
  given_at timestamptz not null,
  redeemed_at timestamptz,
  redeemed_by text,
  primary key (customer_id, id)
);
create index incentives_of_pool on incentives (workspace_id, pool_id, given_at desc);

-- Articles, webinars and offers that a mail can choose from.
create table content_items (
  workspace_id uuid not null,
  id uuid primary key,
  kind text not null check (kind in ('article', 'webinar', 'training', 'offer', 'product')),
  name text not null,
  -- By language: title, text, link.
  languages jsonb not null,
  -- Event names of the features that it helps with, and products as purchases and pages name them.
  features text[] not null default '{}',
  products text[] not null default '{}',
  starts_at timestamptz,
  ends_at timestamptz,
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  archived_at timestamptz
);
create index content_items_of_workspace on content_items (workspace_id, kind, name);

-- Who waits for us: one row a case, from its opening to its end and to the next answer.
create table cases (
  workspace_id uuid not null,
  customer_id uuid not null,
  id uuid not null,
  -- detractor, cooling, reply, task, or opened by a member.
  opened_by text not null check (opened_by in ('detractor', 'cooling', 'reply', 'task', 'member')),
  title text not null,
  response_id uuid,
  enrolment_id uuid,
  step_run_id uuid,
  message_id uuid,
  state text not null default 'open' check (state in ('open', 'waiting', 'snoozed', 'closed')),
  owner_id uuid,
  opened_at timestamptz not null,
  -- When the first reply is due, counted in business hours.
  due_at timestamptz,
  first_reply_at timestamptz,
  snoozed_until timestamptz,
  closed_at timestamptz,
  closed_by uuid,
  checklist jsonb not null default '{}',
  score_before smallint,
  -- The next answer, and whether it is better.
  next_response_id uuid,
  score_after smallint,
  recovered boolean,
  updated_at timestamptz not null default now(),
  primary key (customer_id, id)
);
create index cases_of_workspace on cases (workspace_id, state, due_at);
create index cases_of_owner on cases (workspace_id, owner_id, state, due_at);
create index cases_snoozed on cases (snoozed_until) where state = 'snoozed';

create table case_notes (
  workspace_id uuid not null,
  customer_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  at timestamptz not null,
  author_id uuid not null,
  text text not null,
  primary key (customer_id, id)
);
create index case_notes_of_case on case_notes (customer_id, case_id, at);

-- What happened to a case, besides notes and mails.
create table case_changes (
  workspace_id uuid not null,
  customer_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  at timestamptz not null,
  -- Null: Nines itself.
  by_id uuid,
  what text not null,
  from_value text,
  to_value text,
  primary key (customer_id, id)
);
create index case_changes_of_case on case_changes (customer_id, case_id, at);

-- Who is told at once: addresses, Slack channels, and programs by signed webhooks.
create table receivers (
  workspace_id uuid not null,
  id uuid primary key,
  kind text not null check (kind in ('email', 'slack', 'webhook')),
  name text not null,
  address text not null,
  -- Signs webhooks (Standard Webhooks); shown once.
  secret text,
  -- What they are told of without being asked; steps of plays name them besides.
  events text[] not null default '{}',
  state text not null default 'active' check (state in ('active', 'paused', 'disabled')),
  failing_since timestamptz,
  disabled_at timestamptz,
  disabled_reason text,
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index receivers_of_workspace on receivers (workspace_id, created_at);

-- One thing told to one receiver, with the very bytes that are signed. What is about nobody has a customer of zeros.
create table deliveries (
  workspace_id uuid not null,
  customer_id uuid not null,
  -- The webhook-id: the same for every attempt and every replay.
  id uuid not null,
  receiver_id uuid not null,
  event text not null,
  body text not null,
  state text not null default 'due' check (state in ('due', 'sending', 'delivered', 'failed', 'cancelled')),
  due_at timestamptz not null,
  attempts smallint not null default 0,
  claimed_at timestamptz,
  claim uuid,
  status integer,
  error text,
  created_at timestamptz not null,
  delivered_at timestamptz,
  primary key (customer_id, id)
);
create index deliveries_due on deliveries (due_at) where state in ('due', 'sending');
create index deliveries_of_receiver on deliveries (workspace_id, receiver_id, created_at desc);

-- Who gets the digest, and how often.
create table digests (
  workspace_id uuid not null,
  person_id uuid not null,
  rhythm text not null check (rhythm in ('daily', 'weekly', 'never')),
  sent_at timestamptz,
  primary key (workspace_id, person_id)
);
