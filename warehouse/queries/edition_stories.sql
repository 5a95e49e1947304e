-- Every article of the stories of an edition, in the order they were told.
select
    s.story_id,
    s.article_id,
    s.relation,
    coalesce(o.title, a.outlet_id) as outlet,
    a.url,
    coalesce(a.language, 'und') as language,
    coalesce(a.published_at, a.first_seen_at) as dated_at
from store.story_parts as s
join store.articles as a using (article_id)
left join store.outlets as o using (outlet_id)
where s.story_id in (select unnest($story_id::varchar[]))
order by s.story_id, s.relation = 'first' desc, dated_at, s.article_id
