-- An article of revision n has n earlier versions. If not, a landing was torn apart: restore a backup.
select a.article_id, a.revision, count(r.article_id) as kept
from store.articles as a
left join store.revisions as r using (article_id)
group by a.article_id, a.revision
having a.revision <> kept
