-- The polls of an outlet's sources since a moment, oldest first; those that brought news from an earlier one on.
select
    outlet_id,
    source_url,
    polled_at,
    ok,
    items,
    new_items,
    baseline,
    weight,
    cause,
    status,
    trouble,
    message,
    moved_to,
    retry_after_seconds
from store.polls
where outlet_id = $outlet_id
  and (polled_at >= $since or (new_items > 0 and polled_at >= $news_since))
order by polled_at
