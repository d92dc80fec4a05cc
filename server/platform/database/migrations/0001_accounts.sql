-- Who may come in. better-auth reads and writes people, sessions, credentials and verifications
-- (server/platform/accounts/open-auth.ts); the other tables are ours alone.

create table workspaces (
  id uuid primary key,
  name text not null,
  slug text not null unique,
  time_zone text not null default 'UTC',
  sample boolean not null default false,
  created_at timestamptz not null default now()
);

create table settings (
  name text primary key,
  value text not null
);

create table people (
  id uuid primary key,
  name text not null,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  language text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table sessions (
  id uuid primary key,
  person_id uuid not null references people on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index sessions_of_person on sessions (person_id);

-- How a person proves who they are: a password now, an identity provider later.
create table credentials (
  id uuid primary key,
  person_id uuid not null references people on delete cascade,
  provider_id text not null,
  account_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index credentials_of_person on credentials (person_id);

-- Tokens to reset a password; the identifier is hashed.
create table verifications (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verifications_by_identifier on verifications (identifier);

create table members (
  workspace_id uuid not null,
  person_id uuid not null references people on delete cascade,
  role text not null check (role in ('viewer', 'editor', 'admin', 'owner')),
  created_at timestamptz not null default now(),
  primary key (workspace_id, person_id)
);
create index members_by_person on members (person_id);

create table member_invitations (
  workspace_id uuid not null,
  id uuid primary key,
  email text not null,
  role text not null check (role in ('viewer', 'editor', 'admin', 'owner')),
  token_hash text not null unique,
  invited_by uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz
);
create index member_invitations_of_workspace on member_invitations (workspace_id, created_at);

create table api_keys (
  workspace_id uuid not null,
  id uuid primary key,
  name text not null,
  start text not null,
  key_hash text not null unique,
  scopes text[] not null,
  created_by uuid,
  created_at timestamptz not null default now(),
  last_used_at timestamptz
);
create index api_keys_of_workspace on api_keys (workspace_id, created_at);

create table rate_limits (
  key text primary key,
  count integer not null,
  until timestamptz not null
);

-- Mail that would have been sent, when there is no SMTP_URL.
create table outbox (
  workspace_id uuid,
  id uuid primary key,
  person_id uuid,
  recipient text not null,
  subject text not null,
  text text not null,
  html text,
  at timestamptz not null
);
create index outbox_of_workspace on outbox (workspace_id, at desc);
