-- Whether the code goes back into its pool when no mail told its customer of it, and which mail did.
alter table incentives add column needs_mail boolean not null default false;
alter table incentives add column told_by uuid;
