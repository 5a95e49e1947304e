-- The text they stood in is gone; the article is matched again, in this batch or by the next run.
delete from store.mentions as m
using incoming
where m.article_id = incoming.article_id
  and m.dated_at = incoming.dated_at
