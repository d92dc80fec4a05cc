-- Which edition of the draft was published last: the same one twice is published once.
alter table surveys
  add column published_from timestamptz;
