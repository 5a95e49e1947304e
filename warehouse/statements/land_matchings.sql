-- Returns nothing; which of them were there before is asked first (queries/matched_before.sql).
insert into store.matchings by name
select
    unnest($article_id::varchar[]) as article_id,
    unnest($list_id::varchar[]) as list_id,
    unnest($list_version::varchar[]) as list_version,
    unnest($content_hash::varchar[]) as content_hash,
    $landed_at::timestamp as matched_at
on conflict (article_id, list_id) do update set
    list_version = excluded.list_version,
    content_hash = excluded.content_hash,
    matched_at = excluded.matched_at
