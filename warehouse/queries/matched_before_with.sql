-- Whether any of these articles was matched with a list before.
select 1
from store.matchings
where list_id = $list_id
  and article_id in (select unnest($article_id::varchar[]))
limit 1
