-- Only articles that landed were matched.
select article_id, list_id
from store.matchings
where article_id not in (select article_id from store.articles)
