-- The articles that an id, its beginning or an address names; two are enough to say that it is not unique.
select article_id
from store.articles
where starts_with(article_id, $wanted)
   or url = $wanted
   or canonical_url = $wanted
order by article_id
limit 2
