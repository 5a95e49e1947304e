-- Which names that are looked for were never met in the last 180 days?
select e.list_id, e.entity_id, e.caption, e.added
from entities as e
where e.active
  and not exists (
      select 1
      from mentions as m
      where m.list_id = e.list_id and m.entity_id = e.entity_id and m.dated_at > days_ago(180)
  )
order by e.list_id, e.caption
