-- Entities by how many of their judged alerts were wrong, counting only those whose names are still found in the article: a
-- wrong one that a changed list no longer finds is mended.
select
    al.list_id,
    al.entity_id,
    count(*) as judged,
    count(*) filter (where al.verdict = 'wrong') as wrong
from main.alerts as al
where al.verdict in ('right', 'wrong')
  and exists (
      select 1
      from store.mentions as m
      where m.article_id = al.article_id
        and m.list_id = al.list_id
        and m.entity_id = al.entity_id
        and m.dated_at = al.dated_at
  )
group by al.list_id, al.entity_id
having wrong > 0
order by al.list_id, al.entity_id
