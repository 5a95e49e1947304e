-- Articles not yet matched against this version of a list: the work of a backscan, newest first.
-- Which they are is asked without their texts; by their dates the join then skips the texts of all older articles.
-- An "or" over an outer join loses the limit (DuckDB 2.0 then returns every row); "not exists" keeps it, in half the time.
with waiting as (
    select a.article_id, a.dated_at
    from store.articles as a
    where not exists (
        select 1
        from store.matchings as m
        where m.article_id = a.article_id
          and m.content_hash = a.content_hash
          and m.list_id = $list_id
          and m.list_version = $list_version
    )
    order by a.dated_at desc
    limit $max_articles
)
select a.article_id, a.outlet_id, a.title, a.text, a.content_hash, a.language
from store.articles as a
join waiting as w on w.article_id = a.article_id and w.dated_at = a.dated_at
order by a.dated_at desc
