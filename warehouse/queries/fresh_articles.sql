-- Those of some articles that are news: dated since a time, and not undated finds of the first look at their source.
select a.article_id
from store.articles as a
where a.article_id in (select unnest($article_id::varchar[]))
  and a.dated_at >= $since
  and (
      a.published_at is not null
   or a.article_id not in (select f.article_id from store.feed_items as f where f.baseline and f.article_id is not null)
  )
