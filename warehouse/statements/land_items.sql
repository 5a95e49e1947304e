-- Entries never seen before wait for their page; known ones stay as they are. Returns the new ones.
merge into store.feed_items as i
using (
    select
        unnest($outlet_id::varchar[]) as outlet_id,
        unnest($url::varchar[]) as url,
        unnest($guid::varchar[]) as guid,
        unnest($title::varchar[]) as title,
        unnest($summary::varchar[]) as summary,
        unnest($published_at::timestamp[]) as published_at,
        unnest($position::integer[]) as position,
        unnest($listed_url::varchar[]) as listed_url,
        unnest($listed_at::timestamp[]) as listed_at,
        unnest($listed_sha256::varchar[]) as listed_sha256,
        unnest($listed_warc_file::varchar[]) as listed_warc_file,
        unnest($listed_warc_record_id::varchar[]) as listed_warc_record_id,
        $landed_at::timestamp as seen_at,
        'pending' as state,
        0 as attempts,
        $landed_at::timestamp as next_try_at,
        $baseline::boolean as baseline
) as incoming
using (outlet_id, url)
when not matched then insert by name
returning url
