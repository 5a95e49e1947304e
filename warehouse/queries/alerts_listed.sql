-- The newest alerts by the date of their article, or those that are asked for.
select alert_id, dated_at
from main.alerts
where ($since is null or dated_at >= $since)
  and ($entities is null or list_contains($entities::varchar[], entity_id))
  and ($outlets is null or list_contains($outlets::varchar[], outlet_id))
  and ($lists is null or list_contains($lists::varchar[], list_id))
  and ($priorities is null or list_contains($priorities::varchar[], priority))
  and ($verdicts is null or list_contains($verdicts::varchar[], coalesce(verdict, 'none')))
order by dated_at desc, alert_id
limit $most
