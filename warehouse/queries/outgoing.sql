-- What is to be handed over now, oldest first: what waits, and what a crash left half-way.
select digest_id, reader, subject, mail, attempts
from store.digests
where kind = $kind
  and list_contains($readers::varchar[], reader)
  and state in ('sending', 'waiting')
  and next_try_at <= $now
order by made_at, digest_id
