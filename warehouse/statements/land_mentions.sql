insert into store.mentions by name
with incoming as (
    select
        unnest($article_id::varchar[]) as article_id,
        unnest($entity_id::varchar[]) as entity_id,
        unnest($list_id::varchar[]) as list_id,
        unnest($list_version::varchar[]) as list_version,
        unnest($field::varchar[]) as field,
        unnest($span_start::integer[]) as span_start,
        unnest($span_end::integer[]) as span_end,
        unnest($surface::varchar[]) as surface,
        unnest($name::varchar[]) as name,
        unnest($form::varchar[]) as form,
        unnest($score::double[]) as score,
        unnest($reasons::varchar[][]) as reasons
)
select
    incoming.*,
    a.outlet_id,
    coalesce(a.language, 'und') as language,
    a.dated_at
from incoming
join store.articles as a using (article_id)
