-- Of articles whose language was found out, or found out better, after they were matched.
update store.mentions as m
set language = coalesce(a.language, 'und')
from store.articles as a
where a.article_id = m.article_id
  and m.article_id in (select unnest($article_id::varchar[]))
  and m.language <> coalesce(a.language, 'und')
