merge into store.fetch_states as s
using (
    select
        unnest($url::varchar[]) as url,
        unnest($outlet_id::varchar[]) as outlet_id,
        unnest($etag::varchar[]) as etag,
        unnest($last_modified::varchar[]) as last_modified,
        unnest($body_hash::varchar[]) as body_hash,
        unnest($fetched_at::timestamp[]) as fetched_at,
        unnest($full_at::timestamp[]) as full_at,
        unnest($not_modified::integer[]) as not_modified,
        unnest($distrusted_at::timestamp[]) as distrusted_at
) as incoming
using (url)
when matched and incoming.fetched_at >= s.fetched_at then update by name
when not matched then insert by name
