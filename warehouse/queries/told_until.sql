-- Up to when a reader has been told, and when the last message went out.
select max(until_at) as until_at, max(made_at) as made_at
from store.digests
where reader = $reader
  and state in ('sending', 'waiting', 'sent')
  and until_at <= $now
