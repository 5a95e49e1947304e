insert into store.digest_alerts (reader, alert_id, digest_id)
select $reader, alert_id, $digest_id
from (select unnest($alert_id::varchar[]) as alert_id)
