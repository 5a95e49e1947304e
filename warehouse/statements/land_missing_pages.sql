-- One try more for each page of a landed article that was not found; the third that falls on another day makes it
-- vanished. A try that has been counted (a batch landed twice) is not counted again.
insert into store.missing_pages as m by name
select
    missed.url,
    missed.outlet_id,
    missed.status,
    1 as tries,
    missed.missed_at as first_missed_at,
    missed.missed_at as last_missed_at,
    null::timestamp as vanished_at
from incoming as missed
where missed.url in (select url from store.articles)
on conflict (url) do update set
    status = excluded.status,
    tries = m.tries + 1,
    last_missed_at = excluded.last_missed_at,
    vanished_at = case
        when m.vanished_at is not null then m.vanished_at
        when m.tries >= 2 and excluded.last_missed_at::date > m.first_missed_at::date then excluded.last_missed_at
    end
where excluded.last_missed_at > m.last_missed_at
