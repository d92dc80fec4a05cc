-- Who moved between two periods, where counting it takes more than a second: as of a moment. Small companies have none.
create table move_counts (
  workspace_id uuid not null,
  survey_id uuid not null,
  -- The two periods, and how the permanent holdout is drawn, as one text.
  choice text not null,
  counted_at timestamptz not null,
  seconds double precision not null,
  groups jsonb not null,
  primary key (workspace_id, survey_id, choice)
);
