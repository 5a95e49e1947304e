insert into store.outlet_reports as r by name
select
    * replace (list_extract($broken::varchar[][], broken) as broken),
    $landed_at::timestamp as reported_at
from incoming
on conflict (run_id, outlet_id) do update set
    items = excluded.items,
    fetched = excluded.fetched,
    unchanged = excluded.unchanged,
    articles = excluded.articles,
    new = excluded.new,
    revised = excluded.revised,
    mentions = excluded.mentions,
    alerts = excluded.alerts,
    failures = excluded.failures,
    broken = excluded.broken,
    reported_at = excluded.reported_at
where excluded.reported_at >= r.reported_at
