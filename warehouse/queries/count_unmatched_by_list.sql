-- How many articles have not been matched against this version of a list.
select count(*) as articles
from store.articles as a
where not exists (
    select 1
    from store.matchings as m
    where m.article_id = a.article_id
      and m.content_hash = a.content_hash
      and m.list_id = $list_id
      and m.list_version = $list_version
)
