-- Returns what is new or says something else than before.
insert into store.translations as t by name
select
    unnest($article_id::varchar[]) as article_id,
    unnest($target::varchar[]) as target,
    unnest($source::varchar[]) as source,
    unnest($title::varchar[]) as title,
    unnest($text::varchar[]) as text,
    unnest($engine::varchar[]) as engine,
    unnest($model_version::varchar[]) as model_version,
    unnest($dropped_names::varchar[][]) as dropped_names,
    unnest($content_hash::varchar[]) as content_hash,
    $landed_at::timestamp as translated_at
on conflict (article_id, target) do update set
    source = excluded.source,
    title = excluded.title,
    text = excluded.text,
    engine = excluded.engine,
    model_version = excluded.model_version,
    dropped_names = excluded.dropped_names,
    content_hash = excluded.content_hash,
    translated_at = excluded.translated_at
where t.content_hash is distinct from excluded.content_hash
   or t.model_version is distinct from excluded.model_version
   or t.engine is distinct from excluded.engine
   or t.title is distinct from excluded.title
   or t.text is distinct from excluded.text
returning article_id
