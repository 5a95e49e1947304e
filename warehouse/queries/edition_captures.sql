-- The newest kept copy of each article.
select
    article_id,
    arg_max(warc_file, fetched_at) as warc_file,
    arg_max(url, fetched_at) as url,
    max(fetched_at) as fetched_at
from store.captures
where article_id in (select unnest($article_id::varchar[]))
group by article_id
