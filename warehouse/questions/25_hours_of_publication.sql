-- At what hour, Dushanbe time, does each outlet publish most?
select outlet_id, mode(hour(published_at + interval 5 hour)) as hour_in_dushanbe, count(*) as articles
from articles
where published_precision <> 'day' and published_at > days_ago(90)
group by outlet_id
order by outlet_id
