-- field[start:end] equals surface for every mention of the newest version. If not, match those articles again (wakhan backscan).
select m.article_id, m.entity_id, m.field, m.span_start, m.span_end, m.surface
from store.mentions as m
join store.articles as a using (article_id)
where if(m.field = 'title', a.title, a.text)[m.span_start + 1:m.span_end] <> m.surface
