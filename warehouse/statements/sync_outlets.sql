insert into store.outlets by name
select
    unnest($outlet_id::varchar[]) as outlet_id,
    unnest($title::varchar[]) as title,
    unnest($country::varchar[]) as country,
    unnest($languages::varchar[][]) as languages,
    unnest($url::varchar[]) as url,
    unnest($publisher::varchar[]) as publisher,
    unnest($publisher_kind::varchar[]) as publisher_kind,
    unnest($timezone::varchar[]) as timezone,
    $now::timestamp as first_seen_at
on conflict (outlet_id) do update set
    title = excluded.title,
    country = excluded.country,
    languages = excluded.languages,
    url = excluded.url,
    publisher = excluded.publisher,
    publisher_kind = excluded.publisher_kind,
    timezone = excluded.timezone,
    dropped_at = null
