-- How many invitations went out on each UTC day and did not bounce, and how many of them are answered: what lists and
-- results show, at the cost of the days and not of the invitations.
create table invitation_days (
  workspace_id uuid not null,
  survey_id uuid not null,
  day date not null,
  invited integer not null,
  answered integer not null,
  primary key (workspace_id, survey_id, day)
);

-- What changed since the last fold, appended in the transaction that changed it, as with score_changes.
create table invitation_changes (
  id bigint generated always as identity primary key,
  workspace_id uuid not null,
  survey_id uuid not null,
  day date not null,
  invited integer not null,
  answered integer not null
);
create index invitation_changes_of_workspace on invitation_changes (workspace_id, survey_id);
alter table invitation_changes set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

insert into invitation_days (workspace_id, survey_id, day, invited, answered)
select workspace_id, survey_id, (sent_at at time zone 'UTC')::date, count(*), count(answered_at)
from invitations where sent_at is not null and bounced_at is null group by 1, 2, 3;
