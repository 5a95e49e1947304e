-- A row that is removed and written again costs its own size; one that is updated costs its whole row group.
delete from store.articles as a
using incoming
where a.article_id = incoming.article_id
  and a.dated_at = incoming.dated_at
