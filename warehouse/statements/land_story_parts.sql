merge into store.story_parts as p
using (
    select
        unnest($article_id::varchar[]) as article_id,
        unnest($story_id::varchar[]) as story_id,
        unnest($relation::varchar[]) as relation,
        unnest($similarity::double[]) as similarity
) as incoming
using (article_id)
when matched then update by name
when not matched then insert by name
