-- A customer whom only a browser has spoken of is a claim: nobody has proved that they are who the page says. Their
-- answers count; they are never written to, and no audience has them.
alter table customers
  add column verified boolean not null default true;
