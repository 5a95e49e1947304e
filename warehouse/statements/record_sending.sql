-- What came of handing a message over; one that is on its way no more needs its bytes no more.
update store.digests
set
    state = $state,
    last_error = $last_error,
    sent_at = if($state = 'sent', $at, null),
    next_try_at = $next_try_at,
    mail = if($state in ('sending', 'waiting'), mail, null)
where digest_id = $digest_id
