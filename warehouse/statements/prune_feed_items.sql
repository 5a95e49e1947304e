-- Pending items stay however old they are: their news has not landed.
delete from store.feed_items
where seen_at < $before
  and state <> 'pending'
