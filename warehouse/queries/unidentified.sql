-- Articles whose present version has no language yet.
select article_id, outlet_id, title, text, content_hash, language
from store.articles
where language is null
order by first_seen_at desc
limit $max_articles
