-- An article alerts once for an entity, whatever is matched again later. Returns the new ones.
merge into store.alerts as al
using (
    select
        unnest($alert_id::varchar[]) as alert_id,
        unnest($article_id::varchar[]) as article_id,
        unnest($entity_id::varchar[]) as entity_id,
        unnest($list_id::varchar[]) as list_id,
        unnest($priority::varchar[]) as priority,
        unnest($score::double[]) as score,
        unnest($story_id::varchar[]) as story_id,
        unnest($origin::varchar[]) as origin,
        unnest($created_at::timestamp[]) as created_at,
        unnest($dated_at::timestamp[]) as dated_at
) as incoming
using (alert_id)
when not matched then insert by name
returning alert_id
