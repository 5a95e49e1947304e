-- Articles not yet matched against this version of a list: the work of a backscan, newest first.
select a.article_id, a.outlet_id, a.title, a.text, a.content_hash, a.language
from store.articles as a
left join store.matchings as m on m.article_id = a.article_id and m.list_id = $list_id
where m.list_version is distinct from $list_version
   or m.content_hash is distinct from a.content_hash
order by a.dated_at desc
limit $max_articles
