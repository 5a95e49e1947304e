-- The newest kept copy of each article. None is older than the day its article was seen first, which skips all others.
select
    article_id,
    arg_max(warc_file, fetched_at) as warc_file,
    arg_max(url, fetched_at) as url,
    max(fetched_at) as fetched_at
from store.captures
where article_id in (select unnest($article_id::varchar[]))
  and fetched_at >= $since::timestamp
group by article_id
