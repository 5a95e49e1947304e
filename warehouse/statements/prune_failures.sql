delete from store.failures
where failed_at < $before
