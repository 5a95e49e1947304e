-- Of URLs no one asked for since: pages too old to be asked again. Feeds are asked every day.
delete from store.fetch_states
where fetched_at < $before
