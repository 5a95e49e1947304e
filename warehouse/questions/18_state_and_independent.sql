-- How do state and independent outlets divide over each name in the last 90 days?
with named as (
    select distinct caption, article_id, outlet_id
    from mentions
    where dated_at > days_ago(90)
)
select
    n.caption,
    count(*) filter (where o.publisher_kind = 'state') as state,
    count(*) filter (where o.publisher_kind = 'independent') as independent,
    count(*) filter (where o.publisher_kind not in ('state', 'independent')) as other
from named as n
join outlets as o using (outlet_id)
group by n.caption
order by count(*) desc, n.caption
limit 50
