-- Which matches of the last 30 days are the most doubtful?
with doubtful as (
    select *
    from mentions
    where dated_at > days_ago(30)
    order by score, dated_at desc, article_id, span_start
    limit 50
)
select d.score, d.caption, d.surface, d.name, d.reasons, a.title, a.url
from doubtful as d
join articles as a using (article_id)
order by d.score, d.caption, a.article_id
