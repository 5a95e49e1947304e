-- Pages of articles that are recent enough to be edited still. Pauses grow: a page is due again when the time since it
-- was asked last is at least half the time since it was first seen, so about a dozen times in two days. A page that was
-- not found is asked for every twelve hours, however old, until it is there again or has vanished for good. Articles
-- that are feed entries in themselves have no page to ask for.
with due as (
    select
        a.url,
        a.outlet_id,
        a.first_seen_at,
        a.fetched_at
    from store.articles as a
    left join store.fetch_states as s on s.url = a.url
    where a.outlet_id = $outlet_id
      and a.extractor <> 'feed'
      and a.first_seen_at >= $since
      and a.dated_at >= $since
      and $now - coalesce(s.fetched_at, a.fetched_at) >= ($now - a.first_seen_at) / 2
      and a.url not in (select url from store.missing_pages)
    union all
    select
        m.url,
        m.outlet_id,
        m.first_missed_at,
        m.first_missed_at
    from store.missing_pages as m
    where m.outlet_id = $outlet_id
      and m.vanished_at is null
      and m.last_missed_at <= $now - interval 12 hour
)
select
    due.url,
    due.outlet_id,
    s.etag,
    s.last_modified,
    s.body_hash,
    coalesce(s.fetched_at, due.fetched_at) as fetched_at,
    s.full_at,
    coalesce(s.not_modified, 0) as not_modified,
    s.distrusted_at
from due
left join store.fetch_states as s on s.url = due.url
order by due.first_seen_at desc, due.url
