update store.entities
set dropped_at = $now
where dropped_at is null
  and not list_contains($key::varchar[], list_id || chr(31) || entity_id)
