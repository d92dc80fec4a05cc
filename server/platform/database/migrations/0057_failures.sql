-- Why something was not told is kept by its name, {"reason", "values"}, so that everybody reads it in their own language. The
-- English sentences that were kept until now get the names of what they say.
alter table receivers rename column disabled_reason to error;
alter table deliveries add column failure jsonb;
alter table receivers add column failure jsonb;

do $migration$
declare
  named text;
begin
  foreach named in array array['deliveries', 'receivers'] loop
    execute replace($update$
      update named_table set failure = (case
        when error like 'The receiver answered %'
          then '{"reason": "answered", "values": {"status": ' || substring(error from '\d+') || '}}'
        when error like 'There was no whole answer within %'
          then '{"reason": "too_slow", "values": {"seconds": ' || substring(error from '[\d.]*\d') || '}}'
        when error like 'The address must use one of the ports %'
          then '{"reason": "wrong_port", "values": {"ports": "' || substring(error from '\d[\d, ]*') || '"}}'
        else '{"values": {}, "reason": "' || case
          when error like 'No machine has the name %' then 'no_such_host'
          when error like 'The name in this address could not %' then 'host_not_looked_up'
          when error like 'Nothing answers at %' then 'nothing_answers'
          when error like 'The other side ended %' then 'connection_ended'
          when error like 'The certificate of %' then 'bad_certificate'
          when error like 'The answer is longer %' then 'answer_too_long'
          when error like 'The answer is not HTTP%' then 'answer_not_http'
          when error like 'The address leads into %' then 'not_public'
          when error like 'The address is not an address%' then 'not_a_url'
          when error like 'The address must begin with %' then 'not_http'
          when error like 'The address must not hold %' then 'has_password'
          else 'not_reached' end || '"}'
      end)::jsonb where error is not null$update$, 'named_table', named);
  end loop;
end
$migration$;

alter table deliveries drop column error;
alter table receivers drop column error;
