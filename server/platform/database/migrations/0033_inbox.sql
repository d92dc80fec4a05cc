-- A case is asked for by its id alone; its customer is found here.
create index cases_by_id on cases (workspace_id, id);
-- Of the next answers that close the loop: cases of a customer that still wait for one.
create index cases_without_answer on cases (customer_id, opened_at) where next_response_id is null;

-- Whose turn it is to get the next case: whoever has the smallest number.
create table inbox_turns (
  workspace_id uuid not null,
  person_id uuid not null,
  number bigint not null default 0,
  primary key (workspace_id, person_id)
);

-- A play's task brings its note along; nobody wrote it.
alter table case_notes alter column author_id drop not null;
