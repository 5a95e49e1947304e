-- Who was named for the first time in the last 30 days?
select
    caption,
    entity_id,
    min(dated_at) as first_at,
    arg_min(outlet_id, dated_at) as first_outlet_id,
    count(distinct article_id) as articles
from mentions
group by caption, entity_id
having min(dated_at) > days_ago(30)
order by first_at desc
