-- In which language addresses and Slack channels are told; webhooks have none.
alter table receivers add column language text not null default 'en';
