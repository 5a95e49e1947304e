-- A translation that was replaced takes its mentions with it: they are found in the new one, at once or by the next
-- back-scan, for which the article waits until then.
delete from store.mentions as m
using (
    select a.article_id, k.list_id
    from store.articles as a
    join store.matchings as k using (article_id)
    where a.article_id in (select unnest($article_id::varchar[]))
      and k.translated_at is distinct from a.translated_at
) as replaced
where m.article_id = replaced.article_id
  and m.list_id = replaced.list_id
  and m.field in ('translated_title', 'translated_text')
