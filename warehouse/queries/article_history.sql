-- The versions of an article, oldest first; those before the present one are kept as they were replaced.
select title, text, fetched_at
from (
    select revision, title, text, fetched_at
    from store.revisions
    where article_id = $article_id
    union all
    select revision + 1, title, text, fetched_at
    from store.articles
    where article_id = $article_id
)
order by revision
