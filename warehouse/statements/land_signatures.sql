merge into store.signatures as s
using (
    select
        unnest($article_id::varchar[]) as article_id,
        unnest($signature::blob[]) as signature,
        unnest($seen_at::timestamp[]) as seen_at
) as incoming
using (article_id)
when not matched then insert by name
