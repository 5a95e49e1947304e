-- The names of an entity that left its list stay: its mentions are explained by them.
delete from store.entity_names
where list_contains($key::varchar[], list_id || chr(31) || entity_id)
