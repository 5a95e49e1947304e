-- In which languages does each outlet really write?
select a.outlet_id, o.languages as expected, a.language, count(*) as articles
from articles as a
join outlets as o using (outlet_id)
where a.first_seen_at > days_ago(90)
group by a.outlet_id, o.languages, a.language
order by a.outlet_id, articles desc
