-- Articles not yet matched against this version of a list, or whose translation by a model has not been read with it:
-- the work of a backscan, the newest of those dated before $before. Glosses, which are not read, are left out.
-- Which they are is asked without their texts; by their places the join then skips the texts of all others.
-- Texts are given in UTF-8, as they are stored: they are decoded where they are matched, in other processes.
-- An anti join: of a left join with a list that was never matched, which has no row, DuckDB 2.0.0 knows that it is empty,
-- takes the join for empty, too, and leaves the limit out. Not as `not exists`: that groups the articles by everything
-- the condition names before it joins, which took twice as long.
with waiting as (
    select a.rowid as place, a.dated_at
    from store.articles as a
    anti join (
        select article_id, content_hash, translated_at
        from store.matchings
        where list_id = $list_id
          and list_version = $list_version
    ) as m
        on m.article_id = a.article_id
        and m.content_hash = a.content_hash
        and (coalesce(a.engine, 'gloss') = 'gloss' or m.translated_at = a.translated_at)
    where a.dated_at < coalesce($before::timestamp, timestamp 'infinity')
    order by a.dated_at desc
    limit $max_articles
)
select
    a.article_id,
    encode(a.title) as title,
    encode(a.text) as text,
    a.content_hash,
    a.language,
    a.dated_at,
    if(a.engine <> 'gloss', a.translated_at, null) as translated_at,
    if(a.engine <> 'gloss', encode(a.title_en), null) as title_en,
    if(a.engine <> 'gloss', encode(a.text_en), null) as text_en,
    if(a.engine <> 'gloss', a.engine, null) as engine
from store.articles as a
join waiting as w on w.place = a.rowid
