-- What was found out later about articles that are there already. Returns those it changed.
update store.articles as a set
    language = coalesce(found.language, a.language),
    script = coalesce(found.script, a.script),
    language_confidence = coalesce(found.language_confidence, a.language_confidence),
    language_method = coalesce(found.language_method, a.language_method),
    title_en = coalesce(found.title_en, a.title_en),
    text_en = coalesce(found.text_en, a.text_en),
    engine = coalesce(found.engine, a.engine),
    model_version = coalesce(found.model_version, a.model_version),
    dropped_names = coalesce(found.dropped_names, a.dropped_names),
    translated_at = coalesce(found.translated_at, a.translated_at),
    story_id = coalesce(found.story_id, a.story_id)
from (
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
        unnest($translated_at::timestamp[]) as translated_at,
        unnest($story_id::varchar[]) as story_id
) as found
where a.article_id = found.article_id
  and (
      (found.language is not null and (found.language, found.script, found.language_method)
        is distinct from (a.language, a.script, a.language_method))
   or (found.engine is not null and (found.engine, found.model_version, found.title_en, found.text_en)
        is distinct from (a.engine, a.model_version, a.title_en, a.text_en))
   or (found.story_id is not null and found.story_id is distinct from a.story_id)
  )
returning article_id
