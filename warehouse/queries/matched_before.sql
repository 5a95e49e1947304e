select count(*)
from store.matchings
where article_id in (select unnest($article_id::varchar[]))
