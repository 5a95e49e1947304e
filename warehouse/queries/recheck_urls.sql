-- Pages of articles that are recent enough to be edited still. Pauses grow: a page is due again when the time since it
-- was asked last is at least half the time since it was first seen, so about a dozen times in two days.
select
    a.url,
    a.outlet_id,
    s.etag,
    s.last_modified,
    s.body_hash,
    coalesce(s.fetched_at, a.fetched_at) as fetched_at,
    s.full_at,
    coalesce(s.not_modified, 0) as not_modified,
    s.distrusted_at
from store.articles as a
left join store.fetch_states as s on s.url = a.url
where a.outlet_id = $outlet_id
  and a.first_seen_at >= $since
  and a.dated_at >= $since
  and $now - coalesce(s.fetched_at, a.fetched_at) >= ($now - a.first_seen_at) / 2
order by a.first_seen_at desc, a.url
