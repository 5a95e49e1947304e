select url
from store.feed_items
where outlet_id = $outlet_id
  and url in (select unnest($url::varchar[]))
