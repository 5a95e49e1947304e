insert into store.fetch_states as s by name
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
on conflict (url) do update set
    outlet_id = excluded.outlet_id,
    etag = excluded.etag,
    last_modified = excluded.last_modified,
    body_hash = excluded.body_hash,
    fetched_at = excluded.fetched_at,
    full_at = excluded.full_at,
    not_modified = excluded.not_modified,
    distrusted_at = excluded.distrusted_at
where excluded.fetched_at >= s.fetched_at
