-- What was found out later about articles that are there already. Returns those it changed.
update store.articles as a set
    language = coalesce(found.language, a.language),
    languages = coalesce(found.languages, a.languages),
    script = coalesce(found.script, a.script),
    language_confidence = coalesce(found.language_confidence, a.language_confidence),
    language_method = coalesce(found.language_method, a.language_method),
    title_en = if(found.better, found.title_en, a.title_en),
    text_en = if(found.better, found.text_en, a.text_en),
    engine = if(found.better, found.engine, a.engine),
    model_version = if(found.better, found.model_version, a.model_version),
    translated_extent = if(found.better, found.translated_extent, a.translated_extent),
    dropped_names = if(found.better, found.dropped_names, a.dropped_names),
    translated_at = if(found.better, found.translated_at, a.translated_at),
    story_id = coalesce(found.story_id, a.story_id)
from (
    select
        told.*,
        -- A page that was fetched again unchanged is glossed again; that must not undo what a model has made of it.
        told.engine is not null and (told.engine <> 'gloss' or coalesce(before.engine, 'gloss') = 'gloss') as better
    from (
        select * replace (
            list_extract($languages::varchar[][], languages) as languages,
            list_extract($dropped_names::varchar[][], dropped_names) as dropped_names,
            language_confidence::double as language_confidence,
            translated_at::timestamp as translated_at
        )
        from incoming
    ) as told
    join store.articles as before using (article_id)
) as found
where a.article_id = found.article_id
  and (
      (found.language is not null and (found.language, found.languages, found.script, found.language_method)
        is distinct from (a.language, a.languages, a.script, a.language_method))
   or (found.better and (found.engine, found.model_version, found.translated_extent, found.title_en, found.text_en)
        is distinct from (a.engine, a.model_version, a.translated_extent, a.title_en, a.text_en))
   or (found.story_id is not null and found.story_id is distinct from a.story_id)
  )
returning article_id
