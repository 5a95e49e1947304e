-- Articles whose present version has no language yet.
select a.article_id, a.outlet_id, a.title, a.text, a.content_hash, null as language
from store.articles as a
left join store.languages as l on l.article_id = a.article_id and l.content_hash = a.content_hash
where l.article_id is null
order by a.first_seen_at desc
limit $max_articles
