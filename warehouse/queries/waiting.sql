-- Messages of a reader that no server has taken.
select digest_id
from store.digests
where reader = $reader
  and state = 'waiting'
