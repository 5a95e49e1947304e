update store.lists
set dropped_at = $now
where dropped_at is null
  and not list_contains($list_id::varchar[], list_id)
