-- Texts seen since a moment, with the story they are part of.
select
    g.article_id,
    g.signature,
    coalesce(p.story_id, g.article_id) as story_id,
    g.seen_at
from store.signatures as g
left join store.story_parts as p using (article_id)
where g.seen_at >= $since
order by g.seen_at
