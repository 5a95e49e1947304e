-- Articles that name each entity, by the week counted back from the end of the edition: 0 is the last seven days.
-- Articles are told apart by a hash of 64 bits, which their ids are, too: a third less time than by their texts.
with counted as (
    select entity_id, date_diff('day', dated_at, $until) // 7 as week, count(distinct hash(article_id)) as articles
    from store.mentions
    where entity_id in (select unnest($entity_id::varchar[]))
      and dated_at > $until - interval 67 day
      and dated_at <= $until
    group by entity_id, week
),
captions as (
    select entity_id, any_value(caption) as caption
    from store.entities
    group by entity_id
)
select entity_id, coalesce(caption, entity_id) as caption, week, articles
from counted
left join captions using (entity_id)
