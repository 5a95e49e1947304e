-- How do state and independent outlets divide over each name?
select
    m.caption,
    count(distinct m.article_id) filter (where o.publisher_kind = 'state') as state,
    count(distinct m.article_id) filter (where o.publisher_kind = 'independent') as independent,
    count(distinct m.article_id) filter (where o.publisher_kind not in ('state', 'independent')) as other
from mentions as m
join outlets as o using (outlet_id)
where m.dated_at > days_ago(365)
group by m.caption
order by state + independent + other desc, m.caption
limit 50
