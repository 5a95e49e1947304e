-- The versions that articles are at; all that landing asks of them, since a look at a million keys takes 50 ms.
select
    article_id,
    outlet_id,
    content_hash,
    language,
    fetched_at,
    first_seen_at,
    dated_at,
    revision,
    story_id,
    translated_at,
    published_at,
    published_raw,
    published_precision,
    date_source
from store.articles
where article_id in (select unnest($article_id::varchar[]))
