-- Which of some articles are no longer as they were read: another version, or another translation by a model.
select
    read.article_id,
    a.content_hash is distinct from read.content_hash as is_stale
from (
    select
        unnest($article_id::varchar[]) as article_id,
        unnest($content_hash::varchar[]) as content_hash,
        unnest($translated_at::timestamp[]) as translated_at
) as read
left join store.articles as a using (article_id)
where a.content_hash is distinct from read.content_hash
   or (read.translated_at is not null and a.translated_at is distinct from read.translated_at)
