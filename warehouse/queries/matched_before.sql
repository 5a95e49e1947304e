-- Whether any of these articles was matched before.
select 1
from store.matchings
where article_id in (select unnest($article_id::varchar[]))
limit 1
