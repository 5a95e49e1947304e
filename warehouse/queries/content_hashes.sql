-- The version an article is at now.
select article_id, content_hash
from store.articles
where article_id in (select unnest($article_id::varchar[]))
