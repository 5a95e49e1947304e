update store.runs
set finished_at = $finished_at, outcome = $outcome
where run_id = $run_id
