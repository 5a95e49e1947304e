-- What alerted in the last 24 hours, the most important first?
select priority, caption, coalesce(title_en, title) as title, outlet, dated_at, url
from alerts
where created_at > days_ago(1) and origin = 'live'
order by priority = 'high' desc, priority = 'normal' desc, dated_at desc
