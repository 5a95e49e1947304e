insert into store.digests (
    digest_id, reader, kind, day, state, since_at, until_at, subject, message_id, made_at, attempts, next_try_at, mail
)
values (
    $digest_id, $reader, $kind, $day, 'waiting', $since_at, $until_at, $subject, $message_id, $made_at, 0, $made_at, $mail
)
