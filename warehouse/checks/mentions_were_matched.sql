-- Every mention belongs to a matching of its article and list. If not, match those articles again (wakhan backscan).
select distinct m.article_id, m.list_id
from store.mentions as m
anti join store.matchings as k on k.article_id = m.article_id and k.list_id = m.list_id
