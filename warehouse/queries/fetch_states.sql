-- The feeds, lists and pages of an outlet, as they were asked last.
select url, outlet_id, etag, last_modified, body_hash, fetched_at, full_at, not_modified, distrusted_at
from store.fetch_states
where outlet_id = $outlet_id
