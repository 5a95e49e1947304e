update store.outlets
set dropped_at = $now
where dropped_at is null
  and not list_contains($outlet_id::varchar[], outlet_id)
