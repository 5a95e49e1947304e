insert into store.signatures by name
select
    unnest($article_id::varchar[]) as article_id,
    unnest($signature::blob[]) as signature,
    unnest($seen_at::timestamp[]) as seen_at
on conflict do nothing
