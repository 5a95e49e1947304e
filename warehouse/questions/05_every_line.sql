-- In which lines does the press name the 201st base?
select dated_at, outlet_id, language, surface, line, url
from mentions_of('base-201')
limit 100
