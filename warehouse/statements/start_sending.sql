-- The next try is set at once: a sender that is killed over and over does not send a copy each time.
update store.digests
set state = 'sending', attempts = attempts + 1, next_try_at = $next_try_at
where digest_id = $digest_id
