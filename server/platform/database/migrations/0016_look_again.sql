-- When the planner looks again for whom a survey asks; null: in its next run. Publishing and changes of state clear it.
alter table surveys
  add column look_again_at timestamptz;
