-- What the case was before a reply, for as long as the reply can be taken back; and mails found by their id alone, which is
-- all that the address of a reply names.
alter table messages add column case_before jsonb;
create index messages_by_id on messages (id) where direction = 'out';
