-- The first of a story is who published it first, which is not always who was read first. A date without a time is
-- taken at its latest, so that it leads nobody who gave the hour; never later than when it was seen.
update store.story_parts as s set
    relation = case
        when s.article_id = o.first_article_id then 'first'
        when s.relation = 'first' then 'copy'
        else s.relation
    end
from (
    select
        p.story_id,
        arg_min(
            p.article_id,
            (
                case
                    when a.published_at is null then a.first_seen_at
                    when a.published_precision = 'day' then least(a.published_at + interval 1 day, a.first_seen_at)
                    else a.published_at
                end,
                p.article_id
            )
        ) as first_article_id
    from store.story_parts as p
    join store.articles as a using (article_id)
    where p.story_id in (select unnest($story_id::varchar[]))
    group by p.story_id
) as o
where s.story_id = o.story_id
  and (s.relation = 'first') <> (s.article_id = o.first_article_id)
