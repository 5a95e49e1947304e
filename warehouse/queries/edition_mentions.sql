-- Where the alerted entities stand in the articles of an edition. By their dates the join skips all other days.
with alerted as (
    select
        unnest($article_id::varchar[]) as article_id,
        unnest($list_id::varchar[]) as list_id,
        unnest($entity_id::varchar[]) as entity_id,
        unnest($dated_at::timestamp[]) as dated_at
)
select
    m.article_id,
    m.list_id,
    m.entity_id,
    m.field,
    m.span_start,
    m.span_end,
    m.surface,
    m.name,
    m.score,
    m.reasons
from store.mentions as m
join alerted as x
    on x.article_id = m.article_id
    and x.list_id = m.list_id
    and x.entity_id = m.entity_id
    and x.dated_at = m.dated_at
