-- Which outlets give no date that could be believed?
select
    outlet_id,
    count(*) as articles,
    round(100 * count(*) filter (where published_at is null) / count(*), 1) as percent_undated
from articles
where first_seen_at > days_ago(30)
group by outlet_id
order by percent_undated desc, outlet_id
