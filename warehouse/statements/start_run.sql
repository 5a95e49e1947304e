insert into store.runs (run_id, kind, started_at)
values ($run_id, $kind, $started_at)
on conflict do nothing
