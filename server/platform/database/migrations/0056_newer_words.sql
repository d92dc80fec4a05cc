-- What an alert is to say at its next try, because the answer changed while a try was under way: {"body", "says"}.
alter table deliveries add column newer jsonb;
