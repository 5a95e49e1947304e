-- Articles with no translation of their present version, newest first.
select a.article_id, a.outlet_id, a.title, a.text, a.content_hash, l.language
from store.articles as a
join store.languages as l using (article_id)
left join store.translations as t
    on t.article_id = a.article_id and t.target = $target and t.content_hash = a.content_hash
where t.article_id is null
  and l.language = any($languages::varchar[])
order by coalesce(a.published_at, a.first_seen_at) desc
limit $max_articles
