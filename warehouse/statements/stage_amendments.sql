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
        unnest($dropped_names::varchar[][]) as dropped_names,
        unnest($story_id::varchar[]) as story_id
)
select
    a.* replace (
        coalesce(incoming.language, a.language) as language,
        coalesce(incoming.script, a.script) as script,
        coalesce(incoming.language_confidence, a.language_confidence) as language_confidence,
        coalesce(incoming.language_method, a.language_method) as language_method,
        coalesce(incoming.title_en, a.title_en) as title_en,
        coalesce(incoming.text_en, a.text_en) as text_en,
        coalesce(incoming.engine, a.engine) as engine,
        coalesce(incoming.model_version, a.model_version) as model_version,
        coalesce(incoming.dropped_names, a.dropped_names) as dropped_names,
        if(incoming.engine is null, a.translated_at, $landed_at::timestamp) as translated_at,
        coalesce(incoming.story_id, a.story_id) as story_id
    )
from incoming
join store.articles as a using (article_id)
where (incoming.language is not null and (incoming.language, incoming.script, incoming.language_method)
        is distinct from (a.language, a.script, a.language_method))
   or (incoming.engine is not null and (incoming.engine, incoming.model_version, incoming.title_en, incoming.text_en)
        is distinct from (a.engine, a.model_version, a.title_en, a.text_en))
   or (incoming.story_id is not null and incoming.story_id is distinct from a.story_id)
