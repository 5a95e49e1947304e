-- The alerts of an edition, each with the article it is about with its texts and what a footnote needs. For a reader with an
-- outbox ($untold_by) those that stand in no mail of theirs yet, also when they landed after the mail that covers the
-- time they were made in.
select
    al.alert_id,
    al.entity_id,
    al.list_id,
    coalesce(e.caption, al.entity_id) as caption,
    al.priority,
    al.origin,
    coalesce(al.story_id, a.story_id, al.article_id) as story_id,
    a.article_id,
    coalesce(o.title, a.outlet_id) as outlet,
    o.publisher,
    coalesce(o.country, '') as country,
    coalesce(o.timezone, 'UTC') as timezone,
    coalesce(a.language, 'und') as language,
    a.title,
    if(a.language = 'en', a.title, a.title_en) as title_en,
    a.text,
    a.text_en,
    a.engine,
    a.byline,
    a.dated_at,
    a.published_at,
    a.published_precision,
    a.first_seen_at,
    a.fetched_at,
    a.canonical_url as url,
    coalesce(a.dropped_names, []) as dropped_names
from store.alerts as al
join store.articles as a on a.article_id = al.article_id and a.dated_at = al.dated_at
left join store.outlets as o using (outlet_id)
left join store.entities as e on e.list_id = al.list_id and e.entity_id = al.entity_id
where al.created_at >= $since
  and al.created_at < $until
  and ($lists is null or list_contains($lists::varchar[], al.list_id))
  and list_contains($priorities::varchar[], al.priority)
  and ($untold_by is null or not exists (
      select 1 from store.digest_alerts as told where told.reader = $untold_by and told.alert_id = al.alert_id
  ))
  and ($languages is null or list_contains($languages::varchar[], coalesce(a.language, 'und')))
