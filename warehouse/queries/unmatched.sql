-- Articles whose present version was never matched against any list: what a killed run left.
select a.article_id, a.outlet_id, a.title, a.text, a.content_hash, a.language
from store.articles as a
where not exists (
    select 1
    from store.matchings as m
    where m.article_id = a.article_id and m.content_hash = a.content_hash
)
order by a.first_seen_at desc
limit $max_articles
