-- Before a newer version takes an article's row: what it said, what it says now, and whom it named. By the dates of the
-- earlier versions all other days are skipped, here and where they are removed.
insert into store.revisions by name
select
    a.article_id,
    a.outlet_id,
    newer.revision,
    a.title,
    a.text,
    a.title_en,
    a.text_en,
    newer.title as title_after,
    newer.text as text_after,
    a.content_hash,
    a.fetched_at,
    newer.fetched_at as replaced_at,
    coalesce(mentioned.named, []) as named
from incoming as newer
join store.articles as a on a.article_id = newer.article_id and a.dated_at = newer.dated_at
left join (
    select m.article_id, list(distinct m.entity_id order by m.entity_id) as named
    from store.mentions as m
    join incoming on incoming.article_id = m.article_id and incoming.dated_at = m.dated_at
    group by m.article_id
) as mentioned on mentioned.article_id = newer.article_id
