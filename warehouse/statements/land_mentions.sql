insert into store.mentions by name
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
    unnest($reasons::varchar[][]) as reasons,
    unnest($outlet_id::varchar[]) as outlet_id,
    unnest($language::varchar[]) as language,
    unnest($dated_at::timestamp[]) as dated_at
