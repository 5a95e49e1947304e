insert into store.failures by name
select incoming.*
from (
    select
        unnest($run_id::varchar[]) as run_id,
        unnest($outlet_id::varchar[]) as outlet_id,
        unnest($step::varchar[]) as step,
        unnest($url::varchar[]) as url,
        unnest($kind::varchar[]) as kind,
        unnest($error::varchar[]) as error,
        unnest($message::varchar[]) as message,
        unnest($failed_at::timestamp[]) as failed_at
) as incoming
where not exists (
    select 1
    from store.failures as f
    where f.run_id = incoming.run_id
      and f.outlet_id = incoming.outlet_id
      and f.step = incoming.step
      and f.url = incoming.url
      and f.failed_at = incoming.failed_at
)
