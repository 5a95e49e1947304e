-- Articles that name each entity, by the week counted back from the end of the edition: 0 is the last seven days, of 24
-- hours each. `watched` are those since the first article of all was seen: what a feed reached back to is no usual week.
-- Articles are told apart by a hash of 64 bits, which their ids are, too: a third less time than by their texts.
with since_when as (
    -- How many of the sixty days before the last seven were watched.
    select greatest(0, least(60, date_sub('day', min(first_seen_at), $until) - 7)) as days
    from store.articles
),
counted as (
    select entity_id, date_sub('day', dated_at, $until) as day, count(distinct hash(article_id)) as articles
    from store.mentions
    where entity_id in (select unnest($entity_id::varchar[]))
      and dated_at > $until - interval 67 day
      and dated_at <= $until
    group by entity_id, day
),
captions as (
    select entity_id, any_value(caption) as caption
    from store.entities
    group by entity_id
)
select
    entity_id,
    coalesce(caption, entity_id) as caption,
    day // 7 as week,
    sum(articles)::integer as articles,
    coalesce(sum(articles) filter (where day < days + 7), 0)::integer as watched,
    days
from counted
cross join since_when
left join captions using (entity_id)
group by all
