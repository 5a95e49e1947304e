-- The last runs, newest first.
select run_id, kind, started_at, finished_at, outcome, outlets, outlets_with_failures, new, revised, alerts, failures
from runs
order by started_at desc
limit $most
