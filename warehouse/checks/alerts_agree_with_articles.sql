-- The date beside an alert is that of its article; by it the alert is found. If not, restore a backup.
select al.alert_id, al.dated_at, a.dated_at as article_dated_at
from store.alerts as al
join store.articles as a using (article_id)
where al.dated_at <> a.dated_at
