-- How many articles have not been matched against this version of a list, their translation by a model included.
select count(*) as articles
from store.articles as a
where not exists (
    select 1
    from store.matchings as m
    where m.article_id = a.article_id
      and m.list_id = $list_id
      and m.list_version = $list_version
      and m.content_hash = a.content_hash
      and (coalesce(a.engine, 'gloss') = 'gloss' or m.translated_at = a.translated_at)
)
