-- Outlets that offered a page which has not landed yet and is due for a try: what a killed run left, for one.
select distinct outlet_id
from store.feed_items
where state = 'pending'
  and next_try_at <= $now
