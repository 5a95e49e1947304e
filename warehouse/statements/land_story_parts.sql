insert into store.story_parts by name
select
    unnest($article_id::varchar[]) as article_id,
    unnest($story_id::varchar[]) as story_id,
    unnest($relation::varchar[]) as relation,
    unnest($similarity::double[]) as similarity
on conflict (article_id) do update set
    story_id = excluded.story_id,
    relation = excluded.relation,
    similarity = excluded.similarity
