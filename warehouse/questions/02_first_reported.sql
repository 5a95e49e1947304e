-- Who first reported each story of the last two weeks?
select first_at, first_outlet_id, coalesce(title_en, title) as title, outlets, articles
from stories
where first_at > days_ago(14)
order by outlets desc, first_at
