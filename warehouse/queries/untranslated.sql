-- Articles with no translation of their present version, newest first.
select article_id, outlet_id, title, text, content_hash, language
from store.articles
where engine is null
  and list_contains($languages::varchar[], language)
order by dated_at desc
limit $max_articles
