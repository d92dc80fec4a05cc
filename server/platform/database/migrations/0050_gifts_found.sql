-- Whether a code is there already, in whatever pool; an entry of the ledger by its id; which mails brought an item.
create index codes_by_code on codes (workspace_id, lower(code));
create index incentives_by_id on incentives (workspace_id, id);
create index messages_by_content on messages using gin (content) where content <> '{}';
