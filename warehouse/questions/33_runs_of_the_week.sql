-- What did the runs of the last week bring?
select started_at, kind, outcome, finished_at - started_at as took, outlets, outlets_with_failures, new, revised, alerts
from runs
where started_at > days_ago(7)
order by started_at desc
