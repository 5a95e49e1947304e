-- Outlet, language and date beside a mention are those of its article. If not, match those articles again (`backscan`).
select distinct
    m.article_id,
    m.outlet_id,
    a.outlet_id as article_outlet_id,
    m.language,
    a.language as article_language,
    m.dated_at,
    a.dated_at as article_dated_at
from store.mentions as m
join store.articles as a using (article_id)
where m.outlet_id <> a.outlet_id
   or m.language <> coalesce(a.language, 'und')
   or m.dated_at <> a.dated_at
