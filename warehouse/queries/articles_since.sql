-- The articles dated since a time, or some of them, as a change of a watch-list is tried on them, with what models made of them.
select
    a.article_id,
    a.outlet_id,
    a.url,
    a.title,
    a.text,
    a.language,
    a.dated_at,
    t.title as title_en,
    t.text as text_en,
    t.engine,
    t.model_version,
    t.dropped_names
from main.articles as a
left join main.translations as t on t.article_id = a.article_id and t.engine <> 'gloss'
where a.dated_at >= $since
  and ($article_id is null or list_contains($article_id::varchar[], a.article_id))
order by a.dated_at
