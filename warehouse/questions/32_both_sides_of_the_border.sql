-- Who was named by outlets of Tajikistan and of China in the same week?
select
    date_trunc('week', m.dated_at)::date as week,
    m.caption,
    count(distinct m.article_id) filter (where o.country = 'TJ') as tajik_articles,
    count(distinct m.article_id) filter (where o.country = 'CN') as chinese_articles
from mentions as m
join outlets as o using (outlet_id)
where m.dated_at > days_ago(120)
group by all
having tajik_articles > 0 and chinese_articles > 0
order by week desc, m.caption
