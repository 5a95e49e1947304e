insert into store.outlet_reports as r by name
select
    unnest($run_id::varchar[]) as run_id,
    unnest($outlet_id::varchar[]) as outlet_id,
    unnest($items::integer[]) as items,
    unnest($fetched::integer[]) as fetched,
    unnest($unchanged::integer[]) as unchanged,
    unnest($articles::integer[]) as articles,
    unnest($new::integer[]) as new,
    unnest($revised::integer[]) as revised,
    unnest($mentions::integer[]) as mentions,
    unnest($alerts::integer[]) as alerts,
    unnest($failures::integer[]) as failures,
    unnest($broken::varchar[][]) as broken,
    $landed_at::timestamp as reported_at
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
