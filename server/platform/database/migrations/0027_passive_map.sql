-- Where a standing is on the map of passives: its row, and how its activity changed, in 80 steps from -100 % to +100 %.
-- Stored, and with counts of how many different groups they make, so that the page's one look is shared by all cores.
alter table standings
  add column map_row text generated always as (case
    when status is null then null
    when score = 7 then '7'
    when score = 8 then '8'
    when answers = 0 and asked > 0 then 'silent'
    else 'others' end) stored,
  add column change_bin smallint generated always as (case
    when status is not null and state in ('cooling', 'flat', 'warming')
    then least(79, greatest(0, floor((change + 1) * 40)))::smallint end) stored;
create statistics standings_on_map (ndistinct)
  on map_row, state, status, currency, change_bin, plan, reasons, gone from standings;
