-- Whom to ask, when and in which words; what was sent; what came of it. Tables that grow with customers are keyed by
-- customer_id, as everywhere.

alter table surveys
  add column anonymous boolean not null default false,
  -- The published version; 0 before the first.
  add column version integer not null default 0,
  -- As published: SurveySettings.
  add column settings jsonb not null default '{}',
  -- What was edited and not published yet: {content, settings}.
  add column draft jsonb,
  add column draft_at timestamptz,
  -- Since when it asks without a break; recurring waves count from here.
  add column live_since timestamptz,
  add column paused_at timestamptz;

create table survey_versions (
  workspace_id uuid not null,
  survey_id uuid not null,
  number integer not null,
  content jsonb not null,
  published_by uuid,
  published_at timestamptz not null default now(),
  primary key (survey_id, number)
);

-- Logos. The id follows from workspace and bytes, so that an address can be kept for ever.
create table survey_images (
  workspace_id uuid not null,
  id uuid primary key,
  type text not null,
  bytes bytea not null,
  created_at timestamptz not null default now()
);

-- One period of asking of one survey.
create table waves (
  workspace_id uuid not null,
  id uuid primary key,
  survey_id uuid not null,
  number integer not null,
  starts_at timestamptz not null,
  ends_at timestamptz,
  unique (survey_id, number)
);

alter table customers
  add column unsubscribed_at timestamptz,
  add column bounced_at timestamptz;

create table invitations (
  workspace_id uuid not null,
  customer_id uuid not null,
  id uuid not null,
  survey_id uuid not null,
  version integer not null,
  wave_id uuid,
  channel text not null check (channel in ('email', 'api')),
  language text not null,
  -- queued: to be sent; sending: in the hands of a worker; sent; failed: given up; cancelled: not to be sent any more.
  state text not null check (state in ('queued', 'sending', 'sent', 'failed', 'cancelled')),
  reason text,
  recipient text,
  created_at timestamptz not null default now(),
  send_after timestamptz not null,
  expires_at timestamptz not null,
  attempts smallint not null default 0,
  claimed_at timestamptz,
  sent_at timestamptz,
  reminders smallint not null default 0,
  remind_at timestamptz,
  opened_at timestamptz,
  answered_at timestamptz,
  bounced_at timestamptz,
  complained_at timestamptz,
  unsubscribed_at timestamptz,
  -- Tokens made with a lower number are no longer good.
  token_number smallint not null default 1,
  -- The sender's id of a call to the API, hashed into the invitation's id as well.
  source_id text,
  primary key (customer_id, id)
);
create index invitations_of_survey on invitations (workspace_id, survey_id, created_at desc, id desc);
create index invitations_to_send on invitations (send_after) where state in ('queued', 'sending');
create index invitations_to_remind on invitations (survey_id, remind_at) where remind_at is not null;

-- The contact budget: every message that asked or approached a customer, by surveys and plays together.
create table contacts (
  workspace_id uuid not null,
  customer_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  kind text not null check (kind in ('invitation', 'reminder', 'play')),
  survey_id uuid,
  source_id uuid,
  primary key (customer_id, id)
);
create index contacts_of_customer on contacts (customer_id, at desc);
create index contacts_by_time on contacts (workspace_id, at);

-- While one is open, its customer is not asked.
create table complaints (
  workspace_id uuid not null,
  customer_id uuid not null,
  id uuid not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  source text not null,
  note text,
  primary key (customer_id, id)
);
create index complaints_of_workspace on complaints (workspace_id, opened_at desc);

-- Addresses that are never asked again. By key and not by customer, so that it outlives the customer.
create table suppressions (
  workspace_id uuid not null,
  key text not null,
  reason text not null check (reason in ('unsubscribed', 'bounced', 'complained')),
  at timestamptz not null default now(),
  source text not null,
  detail text,
  customer_id uuid,
  survey_id uuid,
  primary key (key, workspace_id)
);
create index suppressions_of_workspace on suppressions (workspace_id, at desc);

alter table responses
  add column survey_version integer,
  add column invitation_id uuid,
  -- provisional: the score of a person who was seen; confirmed: sent on purpose. Both count.
  add column state text not null default 'confirmed' check (state in ('provisional', 'confirmed')),
  add column drivers text[] not null default '{}',
  add column may_contact boolean,
  add column changed_at timestamptz;
create index responses_changed on responses (workspace_id, survey_id, at) where changed_at is not null;

-- What an answer was before it was changed.
create table response_changes (
  workspace_id uuid not null,
  customer_id uuid not null,
  id uuid not null,
  response_id uuid not null,
  at timestamptz not null,
  score smallint not null,
  comment text,
  primary key (customer_id, id)
);
create index response_changes_of_response on response_changes (customer_id, response_id);

-- Fetches of an invitation's links, by people and by scanners. Never an answer.
create table clicks (
  workspace_id uuid not null,
  customer_id uuid not null,
  id uuid not null,
  invitation_id uuid not null,
  survey_id uuid not null,
  at timestamptz not null,
  method text not null,
  score smallint,
  honeypot boolean not null default false,
  scanner text,
  primary key (customer_id, id)
);
create index clicks_of_invitation on clicks (customer_id, invitation_id, at);

-- Answers that were sent but look like a machine's: kept, shown, not counted.
create table set_asides (
  workspace_id uuid not null,
  customer_id uuid not null,
  id uuid not null,
  invitation_id uuid,
  survey_id uuid not null,
  at timestamptz not null,
  score smallint not null,
  reason text not null,
  channel text not null,
  language text,
  -- When a person answered by the same link after all.
  overridden_at timestamptz,
  primary key (customer_id, id)
);
create index set_asides_of_survey on set_asides (workspace_id, survey_id, at desc);
