-- Articles not yet matched against this version of a list, or whose translation by a model has not been read with it:
-- the work of a backscan, newest first.
-- Which they are is asked without their texts; by their dates the join then skips the texts of all older articles.
with waiting as (
    select a.article_id, a.dated_at
    from store.articles as a
    left join store.matchings as m on m.article_id = a.article_id and m.list_id = $list_id
    where m.list_version is distinct from $list_version
       or m.content_hash is distinct from a.content_hash
       or (a.engine <> 'gloss' and m.translated_at is distinct from a.translated_at)
    order by a.dated_at desc
    limit $max_articles
)
select
    a.article_id,
    a.outlet_id,
    a.title,
    a.text,
    a.content_hash,
    a.language,
    if(a.engine <> 'gloss', a.translated_at, null) as translated_at,
    if(a.engine <> 'gloss', a.title_en, null) as title_en,
    if(a.engine <> 'gloss', a.text_en, null) as text_en,
    a.engine,
    a.model_version,
    a.dropped_names
from store.articles as a
join waiting as w on w.article_id = a.article_id and w.dated_at = a.dated_at
order by a.dated_at desc
