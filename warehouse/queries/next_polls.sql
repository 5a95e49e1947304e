-- When each source that was ever asked is to be asked again.
select outlet_id, source_url, next_poll_at
from store.source_health
