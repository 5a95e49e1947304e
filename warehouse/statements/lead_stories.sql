-- The first of a story is who published it first, which is not always who was read first; the others tell it in the
-- same words (copy) or in another language (report). A date without a time is taken at its latest, so that it leads
-- nobody who gave the hour; never later than when it was seen.
update store.story_parts as s set
    relation = o.relation
from (
    select
        p.article_id,
        case
            when p.article_id = first_value(p.article_id) over told then 'first'
            when a.language is not distinct from first_value(a.language) over told then 'copy'
            else 'report'
        end as relation
    from store.story_parts as p
    join store.articles as a using (article_id)
    where p.story_id in (select unnest($story_id::varchar[]))
    window told as (
        partition by p.story_id
        order by
            case
                when a.published_at is null then a.first_seen_at
                when a.published_precision = 'day' then least(a.published_at + interval 1 day, a.first_seen_at)
                else a.published_at
            end,
            p.article_id
    )
) as o
where s.article_id = o.article_id
  and s.relation <> o.relation
