-- Up to when a reader has been told, when the last message went out, and where the first began. Who got none yet, though
-- some were made, is told from where the first of them began.
select
    coalesce(max(until_at) filter (where state in ('sending', 'waiting', 'sent')), min(since_at)) as until_at,
    max(made_at) filter (where state in ('sending', 'waiting', 'sent')) as made_at,
    min(since_at) as begun_at
from store.digests
where reader = $reader
  and until_at <= $now
