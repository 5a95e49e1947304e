-- Returns nothing; which of them were there before is asked first (queries/matched_before.sql).
merge into store.matchings as m
using (
    select * replace (translated_at::timestamp as translated_at), $landed_at::timestamp as matched_at
    from incoming
) as incoming
using (article_id, list_id)
when matched then update set
    list_version = incoming.list_version,
    content_hash = incoming.content_hash,
    -- Mentions in a translation that was not read again stay where they would be the same (forget_mentions).
    translated_at = coalesce(
        incoming.translated_at,
        if(
            m.list_version = incoming.list_version and m.content_hash = incoming.content_hash,
            m.translated_at,
            null
        )
    ),
    matched_at = incoming.matched_at
when not matched then insert by name
