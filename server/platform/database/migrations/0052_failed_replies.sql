-- Why the last reply did not reach the customer; null once another was written.
alter table cases add column reply_failed text;
