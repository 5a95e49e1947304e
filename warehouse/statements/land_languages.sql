insert into store.languages as l by name
select
    unnest($article_id::varchar[]) as article_id,
    unnest($language::varchar[]) as language,
    unnest($script::varchar[]) as script,
    unnest($confidence::double[]) as confidence,
    unnest($method::varchar[]) as method,
    unnest($content_hash::varchar[]) as content_hash
on conflict (article_id) do update set
    language = excluded.language,
    script = excluded.script,
    confidence = excluded.confidence,
    method = excluded.method,
    content_hash = excluded.content_hash
