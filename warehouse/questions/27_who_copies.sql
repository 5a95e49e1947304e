-- Who copies from whom?
select a.outlet_id, s.first_outlet_id as copied_from, count(*) as copies
from articles as a
join stories as s using (story_id)
where a.outlet_id <> s.first_outlet_id and s.first_at > days_ago(90)
group by a.outlet_id, s.first_outlet_id
order by copies desc, a.outlet_id, copied_from
limit 50
