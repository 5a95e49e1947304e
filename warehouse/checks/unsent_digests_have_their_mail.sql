-- A message that is on its way is kept until a server takes it.
select digest_id, reader, state
from store.digests
where state in ('sending', 'waiting')
  and mail is null
