-- Which articles were taken down by their outlets, and whom did they name?
select v.outlet_id, v.dated_at, v.title, v.url, v.missing_since_at, list(distinct m.caption) as named
from vanished as v
left join mentions as m using (article_id)
where v.missing_since_at > days_ago(30)
group by all
order by v.missing_since_at desc
