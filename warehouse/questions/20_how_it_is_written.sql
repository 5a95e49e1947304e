-- In which forms does the press write the name of the 201st base?
select language, surface, name, count(*) as mentions, any_value(reasons) as reasons
from mentions
where entity_id = 'base-201'
group by language, surface, name
order by mentions desc, surface
limit 100
