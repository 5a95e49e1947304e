-- Articles that name each entity, by the week counted back from the end of the edition: 0 is the last seven days.
select
    m.entity_id,
    any_value(coalesce(e.caption, m.entity_id)) as caption,
    date_diff('day', m.dated_at, $until) // 7 as week,
    count(distinct m.article_id) as articles
from store.mentions as m
left join store.entities as e on e.list_id = m.list_id and e.entity_id = m.entity_id
where m.entity_id in (select unnest($entity_id::varchar[]))
  and m.dated_at > $until - interval 67 day
  and m.dated_at <= $until
group by m.entity_id, week
