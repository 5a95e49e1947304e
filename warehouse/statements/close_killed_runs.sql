-- A run of the same kind that never said how it ended was killed.
update store.runs
set outcome = 'killed'
where kind = $kind
  and outcome is null
  and run_id <> $run_id
