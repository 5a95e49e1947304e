-- How many fresh alerts of these priorities stand in no message to a reader yet.
select count(*)
from store.alerts as al
where al.origin = 'live'
  and al.created_at >= $since
  and list_contains($priorities::varchar[], al.priority)
  and not exists (
      select 1 from store.digest_alerts as told where told.reader = $reader and told.alert_id = al.alert_id
  )
