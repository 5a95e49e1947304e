-- Articles not yet matched against this version of a list, or whose translation by a model has not been read with it:
-- the work of a backscan, newest first.
-- Which they are is asked without their texts; by their dates the join then skips the texts of all older articles.
-- An anti join: of a left join with a list that was never matched, which has no row, DuckDB 2.0.0 knows that it is empty,
-- takes the join for empty, too, and leaves the limit out.
with waiting as (
    select a.article_id, a.dated_at
    from store.articles as a
    where not exists (
        select 1
        from store.matchings as m
        where m.article_id = a.article_id
          and m.list_id = $list_id
          and m.list_version = $list_version
          and m.content_hash = a.content_hash
          and (coalesce(a.engine, 'gloss') = 'gloss' or m.translated_at = a.translated_at)
    )
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
    t.translated_at,
    t.title_en,
    t.text_en,
    t.engine,
    t.model_version,
    t.dropped_names
from store.articles as a
join waiting as w on w.article_id = a.article_id and w.dated_at = a.dated_at
-- Apart, so that glosses, which are as long as the texts, are not read.
left join store.articles as t on t.article_id = w.article_id and t.dated_at = w.dated_at and t.engine <> 'gloss'
order by a.dated_at desc
