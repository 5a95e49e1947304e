-- Returns nothing; which of them were there before is asked first (queries/matched_before.sql).
merge into store.matchings as m
using (
    select
        unnest($article_id::varchar[]) as article_id,
        unnest($list_id::varchar[]) as list_id,
        unnest($list_version::varchar[]) as list_version,
        unnest($content_hash::varchar[]) as content_hash,
        $landed_at::timestamp as matched_at
) as incoming
using (article_id, list_id)
when matched then update by name
when not matched then insert by name
