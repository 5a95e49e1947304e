-- The alerts whose ids begin so.
select
    w.wanted,
    al.alert_id,
    al.dated_at
from (select unnest($wanted::varchar[]) as wanted) as w
join store.alerts as al on starts_with(al.alert_id, w.wanted)
order by w.wanted, al.alert_id
