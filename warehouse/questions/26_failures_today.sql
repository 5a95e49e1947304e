-- What failed in the last 24 hours, where, and how often?
select
    outlet_id,
    step,
    kind,
    error,
    count(*) as times,
    max(failed_at) as last_at,
    arg_max(message, failed_at) as message
from failures
where failed_at > days_ago(1)
group by outlet_id, step, kind, error
order by times desc, outlet_id
