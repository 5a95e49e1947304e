-- Every article of the stories of an edition, in the order they were told.
select
    s.story_id,
    s.article_id,
    s.relation,
    coalesce(o.title, a.outlet_id) as outlet,
    a.canonical_url as url,
    coalesce(a.language, 'und') as language,
    -- As lead_stories.sql: a day without a time leads nobody who gave the hour.
    case
        when a.published_at is null then a.first_seen_at
        when a.published_precision = 'day' then least(a.published_at + interval 1 day, a.first_seen_at)
        else a.published_at
    end as dated_at
from store.story_parts as s
join store.articles as a using (article_id)
left join store.outlets as o using (outlet_id)
where s.story_id in (select unnest($story_id::varchar[]))
order by s.story_id, s.relation = 'first' desc, dated_at, s.article_id
