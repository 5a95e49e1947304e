-- A row that is removed and written again costs its own size; one that is updated costs its whole row group.
delete from store.articles
where article_id in (select unnest($article_id::varchar[]))
