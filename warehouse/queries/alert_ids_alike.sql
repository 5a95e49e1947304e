-- The alerts whose ids begin with the same digits as those of some others.
with shown as (
    select unnest($alert_id::varchar[]) as alert_id
)
select
    s.alert_id,
    al.alert_id as other_id
from shown as s
join store.alerts as al
    on left(al.alert_id, $digits) = left(s.alert_id, $digits)
    and al.alert_id <> s.alert_id
