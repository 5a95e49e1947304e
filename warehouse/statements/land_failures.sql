insert into store.failures by name
select *
from incoming
where not exists (
    select 1
    from store.failures as f
    where f.run_id = incoming.run_id
      and f.outlet_id = incoming.outlet_id
      and f.step = incoming.step
      and f.url = incoming.url
      and f.failed_at = incoming.failed_at
)
