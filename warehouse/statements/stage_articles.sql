-- The versions of a batch that are new to the warehouse, as the rows they become: revision 0 is a new article.
-- An older version that comes late (a batch landed twice, a replay) is left out, and so is an equal one.
create or replace temp table staged as
with incoming as (
    select
        unnest($article_id::varchar[]) as article_id,
        unnest($outlet_id::varchar[]) as outlet_id,
        unnest($url::varchar[]) as url,
        unnest($canonical_url::varchar[]) as canonical_url,
        unnest($title::varchar[]) as title,
        unnest($text::varchar[]) as text,
        unnest($byline::varchar[]) as byline,
        unnest($section::varchar[]) as section,
        unnest($published_at::timestamp[]) as published_at,
        unnest($published_raw::varchar[]) as published_raw,
        unnest($published_precision::varchar[]) as published_precision,
        unnest($date_source::varchar[]) as date_source,
        unnest($extractor::varchar[]) as extractor,
        unnest($content_hash::varchar[]) as content_hash,
        unnest($fetched_at::timestamp[]) as fetched_at,
        unnest($language::varchar[]) as language,
        unnest($script::varchar[]) as script,
        unnest($language_confidence::double[]) as language_confidence,
        unnest($language_method::varchar[]) as language_method,
        unnest($title_en::varchar[]) as title_en,
        unnest($text_en::varchar[]) as text_en,
        unnest($engine::varchar[]) as engine,
        unnest($model_version::varchar[]) as model_version,
        unnest($translated_extent::varchar[]) as translated_extent,
        unnest($dropped_names::varchar[][]) as dropped_names,
        unnest($story_id::varchar[]) as story_id
)
select
    incoming.* replace (
        -- A page that is redone may lose its date; the one it had is kept, all four fields together.
        coalesce(incoming.published_at, a.published_at) as published_at,
        if(incoming.published_at is null, a.published_raw, incoming.published_raw) as published_raw,
        if(incoming.published_at is null, a.published_precision, incoming.published_precision) as published_precision,
        if(incoming.published_at is null, a.date_source, incoming.date_source) as date_source,
        coalesce(incoming.story_id, a.story_id) as story_id
    ),
    if(incoming.engine is null, null, $landed_at::timestamp) as translated_at,
    coalesce(a.first_seen_at, incoming.fetched_at) as first_seen_at,
    coalesce(incoming.published_at, a.published_at, a.first_seen_at, incoming.fetched_at) as dated_at,
    $landed_at::timestamp as landed_at,
    coalesce(a.revision + 1, 0) as revision
from incoming
left join store.articles as a using (article_id)
where a.article_id is null
   or (a.content_hash is distinct from incoming.content_hash and incoming.fetched_at > a.fetched_at)
