-- Alerts with what is told of them: article, texts, newest verdict. By their dates the join skips all other days.
with wanted as (
    select
        unnest($alert_id::varchar[]) as alert_id,
        unnest($dated_at::timestamp[]) as dated_at
)
select
    al.alert_id,
    al.article_id,
    al.entity_id,
    al.list_id,
    coalesce(al.caption, al.entity_id) as caption,
    al.priority,
    al.origin,
    al.created_at,
    al.outlet_id,
    coalesce(al.outlet, al.outlet_id) as outlet,
    al.language,
    al.dated_at,
    coalesce(o.timezone, 'UTC') as timezone,
    al.title,
    al.title_en,
    al.url,
    al.verdict,
    a.text,
    a.text_en,
    a.engine
from wanted as w
join main.alerts as al on al.alert_id = w.alert_id and al.dated_at = w.dated_at
join store.articles as a on a.article_id = al.article_id and a.dated_at = al.dated_at
left join store.outlets as o on o.outlet_id = al.outlet_id
order by al.dated_at desc, al.alert_id
