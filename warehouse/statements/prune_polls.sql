delete from store.polls
where polled_at < $before
