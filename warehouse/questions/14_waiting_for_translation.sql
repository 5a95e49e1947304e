-- How much that alerted waits for translation, by language?
select language, count(distinct article_id) as articles, min(created_at) as waiting_since
from alerts
where title_en is null and created_at > days_ago(30)
group by language
order by articles desc, language
