insert into store.entity_names by name
select
    unnest($list_id::varchar[]) as list_id,
    unnest($entity_id::varchar[]) as entity_id,
    unnest($name::varchar[]) as name,
    unnest($language::varchar[]) as language,
    unnest($kind::varchar[]) as kind
