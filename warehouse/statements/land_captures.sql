merge into store.captures as c
using (
    select
        unnest($warc_record_id::varchar[]) as warc_record_id,
        unnest($article_id::varchar[]) as article_id,
        unnest($url::varchar[]) as url,
        unnest($fetched_at::timestamp[]) as fetched_at,
        unnest($body_sha256::varchar[]) as body_sha256,
        unnest($warc_file::varchar[]) as warc_file
) as incoming
using (warc_record_id, article_id)
when not matched then insert by name
