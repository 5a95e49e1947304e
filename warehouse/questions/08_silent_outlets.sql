-- Which outlets fell silent or fail, since when, and why?
select outlet_id, status, last_new_at, articles_per_week, last_failure_at, last_failure
from outlet_health
where status <> 'normal'
order by articles_per_week desc, outlet_id
