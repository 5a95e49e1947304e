-- Who is named much more often in the last 7 days than in the 60 before?
with counted as (
    select
        caption,
        count(distinct article_id) filter (where dated_at > days_ago(7)) as last_7_days,
        count(distinct article_id) filter (where dated_at <= days_ago(7)) * 7 / 60 as usual_7_days
    from mentions
    where dated_at > days_ago(67)
    group by caption
)
select
    caption,
    last_7_days,
    round(usual_7_days, 1) as usual_7_days,
    round(last_7_days / greatest(usual_7_days, 1), 1) as times
from counted
where last_7_days >= 2
order by times desc, last_7_days desc, caption
limit 25
