-- A verdict is right, wrong or unsure, and of an alert that is there. If not, another program wrote it: delete the row.
select v.alert_id, v.verdict, v.reader
from store.verdicts as v
left join store.alerts as al using (alert_id)
where al.alert_id is null
   or v.verdict not in ('right', 'wrong', 'unsure')
