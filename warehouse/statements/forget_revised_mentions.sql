-- The text they stood in is gone; the article is matched again, in this batch or by the next run.
delete from store.mentions
where article_id in (select unnest($article_id::varchar[]))
