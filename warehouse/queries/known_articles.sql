select article_id
from store.articles
where article_id in (select unnest($article_id::varchar[]))
