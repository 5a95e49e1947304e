-- What landed articles say at present.
select article_id, title, text, fetched_at
from store.articles
where article_id in (select unnest($article_id::varchar[]))
