-- What did back-scans find in articles that had landed before?
select created_at, caption, dated_at, outlet, coalesce(title_en, title) as title, url
from alerts
where origin = 'backscan' and created_at > days_ago(30)
order by created_at desc, dated_at desc
limit 100
