-- Who may come in. The names of better-auth's models are mapped to ours in server/platform/accounts/auth.ts.

create table workspaces (
  id uuid primary key,
  name text not null,
  slug text not null unique,
  logo text,
  metadata text,
  time_zone text not null default 'UTC',
  sample boolean not null default false,
  created_at timestamptz not null default now()
);

create table settings (
  name text primary key,
  value text not null
);
