-- Messages on their way to readers who are none any more.
select digest_id
from store.digests
where kind = $kind
  and not list_contains($readers::varchar[], reader)
  and state in ('sending', 'waiting')
