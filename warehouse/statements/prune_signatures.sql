delete from store.signatures
where seen_at < $before
