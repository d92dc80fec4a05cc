-- Mails of plays and of the inbox say where an answer goes to; plays remember when all customers were last looked at.

alter table messages add column reply_to text;

alter table plays
  add column looked_at timestamptz,
  add column look_after timestamptz;
