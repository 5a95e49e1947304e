-- Items seen whose page has not landed yet, and which are due; newest first, in the order their source has them.
select
    outlet_id,
    guid,
    url,
    title,
    summary,
    published_at,
    position,
    attempts,
    seen_at,
    baseline,
    listed_url,
    listed_at,
    listed_sha256,
    listed_warc_file,
    listed_warc_record_id
from store.feed_items
where outlet_id = $outlet_id
  and state = 'pending'
  and next_try_at <= $now
order by attempts, seen_at desc, position
