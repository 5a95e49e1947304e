-- How many articles have not been matched against this version of a list, their translation by a model included: as in
-- queries/unmatched_by_list.sql.
select count(*) as articles
from store.articles as a
anti join (
    select article_id, content_hash, translated_at
    from store.matchings
    where list_id = $list_id
      and list_version = $list_version
) as m
    on m.article_id = a.article_id
    and m.content_hash = a.content_hash
    and (coalesce(a.engine, 'gloss') = 'gloss' or m.translated_at = a.translated_at)
