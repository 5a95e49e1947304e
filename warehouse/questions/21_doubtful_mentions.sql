-- Which matches of the last 30 days are the most doubtful?
select m.score, m.caption, m.surface, m.name, m.reasons, a.title, a.url
from mentions as m
join articles as a using (article_id)
where m.dated_at > days_ago(30)
order by m.score, m.caption, m.article_id
limit 50
