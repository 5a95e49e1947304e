-- How many articles have not been matched against this version of a list, their translation by a model included.
select count(*) as articles
from store.articles as a
left join store.matchings as m on m.article_id = a.article_id and m.list_id = $list_id
where m.list_version is distinct from $list_version
   or m.content_hash is distinct from a.content_hash
   or (a.engine <> 'gloss' and m.translated_at is distinct from a.translated_at)
