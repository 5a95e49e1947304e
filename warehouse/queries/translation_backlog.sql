-- Articles without a translation, with one by an engine to be replaced, or with one that has not come far enough;
-- highest alerts first, then the newest.
select a.article_id, a.outlet_id, a.title, a.text, a.content_hash, a.language
from store.articles as a
where (
        a.engine is null
     or list_contains($replaced::varchar[], a.engine)
     or list_contains($unfinished::varchar[], a.translated_extent)
    )
  and list_contains($languages::varchar[], a.language)
  and (not $alerted or a.article_id in (select article_id from store.alerts))
order by
    (
        select min(case x.priority when 'high' then 1 when 'normal' then 2 else 3 end)
        from store.alerts as x
        where x.article_id = a.article_id
    ) nulls last,
    a.dated_at desc
limit $max_articles
