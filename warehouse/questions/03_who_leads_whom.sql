-- Which outlets have stories first, and how far behind are the others?
select
    a.outlet_id,
    count(*) filter (where a.article_id = s.first_article_id) as first,
    count(*) filter (where a.article_id <> s.first_article_id) as later,
    median(date_diff('minute', s.first_at, a.dated_at))
        filter (where a.article_id <> s.first_article_id) as median_lag_minutes
from stories as s
join articles as a using (story_id)
where s.first_at > days_ago(90)
group by a.outlet_id
order by first desc, a.outlet_id
