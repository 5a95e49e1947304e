delete from store.digest_alerts
where digest_id = $digest_id
