-- The alerts of an edition, each with the article it is about. For a reader with an outbox ($untold_by) those that stand
-- in no mail of theirs yet, also when they landed after the mail that covers the time they were made in.
with made as (
    select *
    from store.alerts as al
    where al.created_at >= $since
      and al.created_at < $until
      and ($lists is null or list_contains($lists::varchar[], al.list_id))
      and list_contains($priorities::varchar[], al.priority)
      and ($untold_by is null or not exists (
          select 1 from store.digest_alerts as told where told.reader = $untold_by and told.alert_id = al.alert_id
      ))
),
-- The dates of their articles first: with them the join skips the other articles' columns (see edition_evidence.sql).
placed as (
    select article_id, dated_at
    from store.articles
    where article_id in (select article_id from made)
)
select
    al.alert_id,
    al.entity_id,
    al.list_id,
    al.priority,
    al.origin,
    coalesce(al.story_id, a.story_id, al.article_id) as story_id,
    a.article_id,
    coalesce(o.title, a.outlet_id) as outlet,
    coalesce(o.country, '') as country,
    coalesce(a.language, 'und') as language,
    a.title,
    if(a.language = 'en', a.title, a.title_en) as title_en,
    a.engine,
    a.byline,
    a.dated_at,
    a.published_precision,
    a.canonical_url as url,
    coalesce(a.dropped_names, []) as dropped_names
from made as al
join placed as p using (article_id)
join store.articles as a on a.article_id = p.article_id and a.dated_at = p.dated_at
left join store.outlets as o using (outlet_id)
where $languages is null or list_contains($languages::varchar[], coalesce(a.language, 'und'))
order by a.dated_at, al.alert_id
