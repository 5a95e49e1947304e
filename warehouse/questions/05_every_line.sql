-- In which lines did the press name the 201st base in the last 30 days?
select dated_at, outlet_id, language, surface, line, url
from mentions_of('base-201')
where dated_at > days_ago(30)
