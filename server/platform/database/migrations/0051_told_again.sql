-- What an alert says of the answer, so that whoever was told of it is told once more when it says otherwise; the first alert of
-- the same answer, and the mail that the alert became, so that the second is an answer to it.
alter table deliveries add column says jsonb;
alter table deliveries add column follows uuid;
alter table deliveries add column mail_id uuid;
