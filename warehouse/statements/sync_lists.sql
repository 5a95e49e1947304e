insert into store.lists by name
select
    unnest($list_id::varchar[]) as list_id,
    unnest($title::varchar[]) as title,
    unnest($owner::varchar[]) as owner,
    unnest($purpose::varchar[]) as purpose,
    unnest($review_by::date[]) as review_by,
    unnest($version::varchar[]) as version,
    $now::timestamp as first_seen_at
on conflict (list_id) do update set
    title = excluded.title,
    owner = excluded.owner,
    purpose = excluded.purpose,
    review_by = excluded.review_by,
    version = excluded.version,
    dropped_at = null
