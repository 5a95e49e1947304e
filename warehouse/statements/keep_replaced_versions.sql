-- Before a newer version takes an article's row: what it said, and what it says now.
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
join store.articles as a using (article_id)
left join (
    select article_id, list(distinct entity_id order by entity_id) as named
    from store.mentions
    where article_id in (select article_id from incoming)
    group by article_id
) as mentioned using (article_id)
