-- Whether any of these articles was matched before with the list beside it.
select 1
from store.matchings
join (
    select
        unnest($article_id::varchar[]) as article_id,
        unnest($list_id::varchar[]) as list_id
) as asked using (article_id, list_id)
limit 1
