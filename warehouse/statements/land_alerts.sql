-- An article alerts once for an entity, whatever is matched again later. Returns the new ones.
insert into store.alerts by name
select
    unnest($alert_id::varchar[]) as alert_id,
    unnest($article_id::varchar[]) as article_id,
    unnest($entity_id::varchar[]) as entity_id,
    unnest($list_id::varchar[]) as list_id,
    unnest($priority::varchar[]) as priority,
    unnest($score::double[]) as score,
    unnest($story_id::varchar[]) as story_id,
    unnest($origin::varchar[]) as origin,
    unnest($created_at::timestamp[]) as created_at
on conflict do nothing
returning alert_id
