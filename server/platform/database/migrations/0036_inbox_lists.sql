-- The lists of the inbox that are not in the order of what is due, and how quickly first replies went out.
create index cases_closed on cases (workspace_id, closed_at desc) where state = 'closed';
create index cases_replied on cases (workspace_id, first_reply_at) where first_reply_at is not null;
