-- Who was named for the first time in the last 30 days?
with known as (
    select distinct entity_id from mentions where dated_at <= days_ago(30)
)
select
    caption,
    entity_id,
    min(dated_at) as first_at,
    arg_min(outlet_id, dated_at) as first_outlet_id,
    count(distinct article_id) as articles
from mentions
where dated_at > days_ago(30)
  and entity_id not in (select entity_id from known)
group by caption, entity_id
order by first_at desc, entity_id
