-- Who was named for the first time in the last 30 days?
with first_named as (
    select caption, entity_id, min(dated_at) as first_at, arg_min(outlet_id, dated_at) as first_outlet_id
    from mentions
    group by caption, entity_id
    having first_at > days_ago(30)
)
select f.caption, f.entity_id, f.first_at, f.first_outlet_id, count(distinct m.article_id) as articles
from first_named as f
join mentions as m using (entity_id)
where m.dated_at > days_ago(30)
group by all
order by f.first_at desc
