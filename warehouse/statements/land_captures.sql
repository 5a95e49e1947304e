insert into store.captures by name
select
    unnest($warc_record_id::varchar[]) as warc_record_id,
    unnest($article_id::varchar[]) as article_id,
    unnest($url::varchar[]) as url,
    unnest($fetched_at::timestamp[]) as fetched_at,
    unnest($body_sha256::varchar[]) as body_sha256,
    unnest($warc_file::varchar[]) as warc_file
on conflict do nothing
