-- Entries never seen before wait for their page; known ones stay as they are. Returns the new ones.
merge into store.feed_items as i
using (
    select
        *,
        $landed_at::timestamp as seen_at,
        'pending' as state,
        0 as attempts,
        $landed_at::timestamp as next_try_at,
        $baseline::boolean as baseline
    from incoming
) as incoming
using (outlet_id, url)
when not matched then insert by name
returning url
