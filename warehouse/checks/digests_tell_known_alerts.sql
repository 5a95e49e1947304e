-- Every alert in the outbox exists, and so does its digest.
select x.reader, x.alert_id, x.digest_id
from store.digest_alerts as x
where x.alert_id not in (select alert_id from store.alerts)
   or x.digest_id not in (select digest_id from store.digests)
