-- Texts seen since a moment, with the story they are part of and the entities they name.
select
    g.article_id,
    g.signature,
    g.seen_at,
    coalesce(a.story_id, g.article_id) as story_id,
    coalesce(a.language, 'und') as language,
    coalesce(a.published_at, a.first_seen_at) as dated_at,
    coalesce(named.entities, []) as entities
from store.signatures as g
join store.articles as a using (article_id)
left join (
    select article_id, list(distinct entity_id) as entities
    from store.mentions
    where article_id in (select article_id from store.signatures where seen_at >= $since)
    group by article_id
) as named using (article_id)
where g.seen_at >= $since
order by g.seen_at
