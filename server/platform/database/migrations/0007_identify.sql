-- Who is passive: what customers do, who is who, and where each one stands. Tables that grow with customers are keyed by
-- customer_id, as everywhere.

-- How programs and pages that send events say whose they are.
create table write_keys (
  workspace_id uuid not null,
  id uuid primary key,
  name text not null,
  start text not null,
  key_hash text not null unique,
  -- Kept readable for pages and apps only, where everybody can read it anyway.
  key text,
  -- Kept by a server, which knows who people are. What others say about people is a claim.
  trusted boolean not null,
  created_by uuid,
  created_at timestamptz not null default now(),
  last_used_at timestamptz
);
create index write_keys_of_workspace on write_keys (workspace_id, created_at);

-- What customers did: Segment's track, page and screen. Partitioned by month, so that old ones can be dropped.
create table events (
  workspace_id uuid not null,
  customer_id uuid not null,
  at timestamptz not null,
  id uuid not null,
  received_at timestamptz not null,
  type text not null check (type in ('track', 'page', 'screen')),
  name text not null,
  properties jsonb not null default '{}',
  context jsonb not null default '{}',
  write_key_id uuid,
  primary key (customer_id, at, id)
) partition by range (at);
create table events_rest partition of events default;
create index events_received on events using brin (workspace_id, received_at) with (autosummarize = on, pages_per_range = 32);

-- Which messages were stored: the same messageId twice is one event, whatever time it is sent with.
create table event_ids (
  id uuid primary key,
  workspace_id uuid not null,
  -- When it arrived.
  at timestamptz not null
);

-- Events that engagement does not count yet: one row for each commit, in parallel arrays.
create table event_folds (
  id bigint generated always as identity primary key,
  workspace_id uuid not null,
  customer_ids uuid[] not null,
  names text[] not null,
  times timestamptz[] not null
);
create index event_folds_of_workspace on event_folds (workspace_id, id);

-- What the workspace knows of each event name. A member's choice stays; a proposal may change with the data.
create table event_names (
  workspace_id uuid not null,
  name text not null,
  -- feature: product use; activity: a sign of life, no feature; nothing: not done by the customer.
  counts_as text not null default 'activity' check (counts_as in ('feature', 'activity', 'nothing')),
  proposed text check (proposed in ('feature', 'activity', 'nothing')),
  decided_by uuid,
  decided_at timestamptz,
  first_at timestamptz not null,
  last_at timestamptz not null,
  n bigint not null default 0,
  primary key (workspace_id, name)
);

-- How often each name happened, by UTC day.
create table event_name_days (
  workspace_id uuid not null,
  name text not null,
  day date not null,
  n bigint not null,
  primary key (workspace_id, name, day)
);

-- What was wrong with messages, in the sentence that says why: one row for each sentence and hour, with the newest
-- message and how many there were. Kept for a day.
create table event_errors (
  workspace_id uuid not null,
  id uuid primary key,
  at timestamptz not null,
  reason text not null,
  message text not null,
  -- What the sentence names, for other languages.
  values jsonb not null default '{}',
  payload text not null,
  -- Whether the rest of the message was stored.
  kept boolean not null,
  n integer not null default 1,
  write_key_id uuid
);
create index event_errors_of_workspace on event_errors (workspace_id, at desc);

create table purchases (
  workspace_id uuid not null,
  customer_id uuid not null,
  -- That of its event.
  id uuid not null,
  at timestamptz not null,
  order_id text,
  revenue double precision,
  currency text,
  discount double precision,
  coupon text,
  primary key (customer_id, id)
);

-- When each trait last changed, by its name: the newest word counts, in whatever order words arrive.
alter table customers
  add column traits_at jsonb not null default '{}';
alter table accounts
  add column traits_at jsonb not null default '{}';

-- How often customers of a workspace were merged or deleted, so that who remembers whose keys are whose can tell.
alter table workspaces
  add column keys_changed bigint not null default 0;

-- Two customers found to be one: the first is gone, and its links, messages and keys lead to the second.
create table customer_merges (
  workspace_id uuid not null,
  customer_id uuid primary key,
  into_id uuid not null,
  at timestamptz not null,
  reason text not null check (reason in ('identify', 'alias', 'member', 'api')),
  merged_by uuid
);
create index customer_merges_into on customer_merges (into_id);

-- How active a customer is: a few numbers that events change in any order.
create table engagement (
  workspace_id uuid not null,
  customer_id uuid primary key,
  first_at timestamptz not null,
  last_at timestamptz not null,
  -- Decayed counts of events as of last_at, with half-lives of 14 and 90 days.
  short double precision not null,
  long double precision not null,
  -- Week by week from this Monday (UTC): events, and the days that had any, one bit each, Monday the lowest.
  first_week date not null,
  week_events integer[] not null,
  week_days smallint[] not null,
  -- From whole weeks, written on the day below: state with its week of beginning, own usual level and range (events a week),
  -- the last four weeks, and how much they differ from usual once the whole workspace's rhythm is taken out (-0.3: 30 %
  -- below). In three digits, so that a row is written only where something changed.
  evaluated_on date,
  state text not null default 'unknown' check (state in ('cooling', 'flat', 'warming', 'dormant', 'unknown')),
  state_since date,
  usual double precision,
  usual_low double precision,
  usual_high double precision,
  recent double precision,
  change double precision,
  -- The state of each of the last weeks, one letter each, ending with the newest: c f w d u.
  week_states text not null default '',
  breadth double precision,
  updated_at timestamptz not null default now()
) with (fillfactor = 85);
create index engagement_of_workspace on engagement (workspace_id, customer_id);

-- What a customer uses: by event name, whatever it counts as.
create table feature_use (
  workspace_id uuid not null,
  customer_id uuid not null,
  name text not null,
  n bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  -- Decayed count as of last_at, half-life 90 days.
  long double precision not null,
  primary key (customer_id, name)
);

-- The rhythm that all customers of a workspace share, and how many were in which state, by week from this Monday (UTC).
create table activity_weeks (
  workspace_id uuid not null,
  week date not null,
  -- How much of the ordinary was done: 1 as ever, 0.3 over Christmas; and how much more than ordinarily customers differ.
  rhythm double precision not null,
  spread double precision not null,
  events bigint not null,
  -- Customers with an event.
  active integer not null,
  cooling integer not null,
  flat integer not null,
  warming integer not null,
  dormant integer not null,
  unknown integer not null,
  evaluated_at timestamptz not null,
  primary key (workspace_id, week)
);

-- Where each customer stands, in one row, as the pages show it: what they said, what they do, and what follows.
create table standings (
  workspace_id uuid not null,
  customer_id uuid primary key,
  score smallint,
  category text check (category in ('promoter', 'passive', 'detractor')),
  answered_at timestamptz,
  survey_id uuid,
  previous_score smallint,
  answers integer not null default 0,
  asked integer not null default 0,
  asked_at timestamptz,
  state text not null default 'unknown' check (state in ('cooling', 'flat', 'warming', 'dormant', 'unknown')),
  state_since date,
  change double precision,
  -- Features used in the last 90 days.
  features integer,
  plan text,
  -- Of a year: the customer's own, else the account's, else their purchases.
  revenue double precision,
  currency text,
  -- What sums add up: an account's revenue counts once, spread evenly over its customers.
  counted_revenue double precision,
  -- Left, by the trait churnedAt.
  gone boolean not null default false,
  -- The rules of behaviour that hold, the weightiest first, and the figures that their sentences name.
  reasons text[] not null default '{}',
  reason_values jsonb not null default '{}',
  -- stated: answered 7 or 8; behavioural: by a rule; both; silent: asked, never answered, and no rule holds.
  status text check (status in ('stated', 'behavioural', 'both', 'silent')),
  status_since timestamptz,
  -- When something of it last changed.
  refreshed_at timestamptz not null default now()
) with (fillfactor = 85);
create index standings_of_workspace on standings (workspace_id, status);
-- How many customers share the revenue of an account.
create index customers_of_account on customers (account_id) where account_id is not null;

-- The workspace's settings of the rules; what is not here is as shipped.
create table passive_rules (
  workspace_id uuid not null,
  rule text not null,
  enabled boolean not null default true,
  settings jsonb not null default '{}',
  updated_by uuid,
  updated_at timestamptz not null default now(),
  primary key (workspace_id, rule)
);

-- What the promoters of a plan do, for the rules that compare with them. Plan '' is everybody.
create table passive_norms (
  workspace_id uuid not null,
  plan text not null,
  figures jsonb not null,
  measured_at timestamptz not null,
  primary key (workspace_id, plan)
);

create table segments (
  workspace_id uuid not null,
  id uuid primary key,
  name text not null,
  filter jsonb not null,
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Since when it has this filter; moves before that were made by another one.
  filter_at timestamptz not null default now(),
  -- When members were last compared with the filter, how long that took, and how many there were. Null before the first
  -- time: whoever is found then was always in it, and did not enter.
  compared_at timestamptz,
  compare_ms integer,
  members integer
);
create unique index segments_by_name on segments (workspace_id, lower(name));

-- Who was in a segment when it was last compared.
create table segment_members (
  workspace_id uuid not null,
  customer_id uuid not null,
  segment_id uuid not null,
  since timestamptz not null,
  primary key (customer_id, segment_id)
);
create index segment_members_of_segment on segment_members (workspace_id, segment_id);

-- Who entered or left a segment, and when.
create table segment_moves (
  workspace_id uuid not null,
  customer_id uuid not null,
  id uuid not null,
  segment_id uuid not null,
  at timestamptz not null,
  entered boolean not null,
  primary key (customer_id, id)
);
create index segment_moves_of_segment on segment_moves (workspace_id, segment_id, at desc);
