-- What was written about in Tajik but not in Russian in the last 30 days?
select caption, count(distinct article_id) as articles, max(dated_at) as last_at
from mentions
where dated_at > days_ago(30)
group by caption
having count(*) filter (where language = 'tg') > 0 and count(*) filter (where language = 'ru') = 0
order by articles desc, caption
