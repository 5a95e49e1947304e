-- Before articles change: what they said until now. Run in the transaction of land_articles.
insert into store.revisions by name
with incoming as (
    select
        unnest($article_id::varchar[]) as article_id,
        unnest($content_hash::varchar[]) as content_hash,
        unnest($fetched_at::timestamp[]) as fetched_at
)
select
    a.article_id,
    a.revision + 1 as revision,
    a.title,
    a.text,
    a.content_hash,
    a.fetched_at,
    incoming.fetched_at as replaced_at
from store.articles as a
join incoming using (article_id)
where a.content_hash is distinct from incoming.content_hash
  and incoming.fetched_at > a.fetched_at
