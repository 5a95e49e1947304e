insert into store.entities by name
select
    unnest($list_id::varchar[]) as list_id,
    unnest($entity_id::varchar[]) as entity_id,
    unnest($schema::varchar[]) as schema,
    unnest($caption::varchar[]) as caption,
    unnest($priority::varchar[]) as priority,
    unnest($notes::varchar[]) as notes,
    unnest($source::varchar[]) as source,
    unnest($wikidata::varchar[]) as wikidata,
    unnest($added::date[]) as added,
    unnest($retired::date[]) as retired
on conflict (list_id, entity_id) do update set
    schema = excluded.schema,
    caption = excluded.caption,
    priority = excluded.priority,
    notes = excluded.notes,
    source = excluded.source,
    wikidata = excluded.wikidata,
    added = excluded.added,
    retired = excluded.retired,
    dropped_at = null
