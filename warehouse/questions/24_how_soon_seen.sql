-- How long after publication is an article seen, by outlet?
select
    outlet_id,
    count(*) as articles,
    median(date_diff('minute', published_at, first_seen_at)) as median_minutes,
    quantile_cont(date_diff('minute', published_at, first_seen_at), 0.95) as slowest_twentieth_minutes
from articles
where published_precision <> 'day' and first_seen_at > days_ago(30)
group by outlet_id
order by median_minutes desc, outlet_id
