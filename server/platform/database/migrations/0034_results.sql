-- What became of each customer in a play, measured once when their days are over, and what was decided on it.

alter table enrolments
  -- What they did when they entered: groups of results are made by what was so before.
  add column state_before text,
  add column plan_before text,
  -- Final from here on, whatever happens later: the last answer within the days, whether they were still a customer,
  -- did anything in the last four weeks of them, bought, took themselves off the list, complained.
  add column measured_at timestamptz,
  add column score_after smallint,
  add column retained boolean,
  add column active boolean,
  add column purchases integer,
  add column revenue double precision,
  add column currency text,
  add column unsubscribed boolean,
  add column complained boolean;
create index enrolments_to_measure on enrolments (result_due) where settled_at is not null and measured_at is null;

-- Each decision about a play with the figures it was made on; plays has the last one.
create table play_decisions (
  workspace_id uuid not null,
  play_id uuid not null,
  id uuid not null,
  decision text not null check (decision in ('keep', 'stop')),
  decided_by uuid,
  at timestamptz not null,
  figures jsonb not null,
  primary key (play_id, id)
);
