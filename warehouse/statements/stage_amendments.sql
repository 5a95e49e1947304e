-- What was found out later about articles that are there already, as the rows they become.
create or replace temp table staged as
with incoming as (
    select
        unnest($article_id::varchar[]) as article_id,
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
    a.* replace (
        coalesce(incoming.language, a.language) as language,
        coalesce(incoming.script, a.script) as script,
        coalesce(incoming.language_confidence, a.language_confidence) as language_confidence,
        coalesce(incoming.language_method, a.language_method) as language_method,
        if(judged.better, incoming.title_en, a.title_en) as title_en,
        if(judged.better, incoming.text_en, a.text_en) as text_en,
        if(judged.better, incoming.engine, a.engine) as engine,
        if(judged.better, incoming.model_version, a.model_version) as model_version,
        if(judged.better, incoming.translated_extent, a.translated_extent) as translated_extent,
        if(judged.better, incoming.dropped_names, a.dropped_names) as dropped_names,
        if(judged.better, $landed_at::timestamp, a.translated_at) as translated_at,
        coalesce(incoming.story_id, a.story_id) as story_id
    )
from incoming
join store.articles as a using (article_id)
-- A page that was fetched again unchanged is glossed again; that must not undo what a model has made of it.
cross join lateral (
    select incoming.engine is not null and (incoming.engine <> 'gloss' or coalesce(a.engine, 'gloss') = 'gloss') as better
) as judged
where (incoming.language is not null and (incoming.language, incoming.script, incoming.language_method)
        is distinct from (a.language, a.script, a.language_method))
   or (judged.better and (
            (incoming.engine, incoming.model_version, incoming.translated_extent, incoming.title_en, incoming.text_en)
            is distinct from (a.engine, a.model_version, a.translated_extent, a.title_en, a.text_en)
        ))
   or (incoming.story_id is not null and incoming.story_id is distinct from a.story_id)
