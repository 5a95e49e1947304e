-- A verdict is never changed: the newest counts. It is later than those before it also where the clock was set back.
insert into store.verdicts by name
select
    i.alert_id,
    i.verdict,
    i.reader,
    i.note,
    greatest($given_at, (
        select max(v.given_at) + interval 1 microsecond
        from store.verdicts as v
        where v.alert_id = i.alert_id
    )) as given_at
from incoming as i
