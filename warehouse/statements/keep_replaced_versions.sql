insert into store.revisions by name
select
    a.article_id,
    a.outlet_id,
    staged.revision,
    a.title,
    a.text,
    a.title_en,
    a.text_en,
    staged.title as title_after,
    staged.text as text_after,
    a.content_hash,
    a.fetched_at,
    staged.fetched_at as replaced_at
from staged
join store.articles as a using (article_id)
