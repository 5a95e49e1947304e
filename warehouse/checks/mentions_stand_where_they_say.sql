-- field[start:end] equals surface for every mention of the newest version. If not, match those articles again (wakhan backscan).
select m.article_id, m.entity_id, m.field, m.span_start, m.span_end, m.surface
from store.mentions as m
join store.articles as a using (article_id)
where case m.field
    when 'title' then a.title
    when 'text' then a.text
    when 'translated_title' then a.title_en
    when 'translated_text' then a.text_en
end[m.span_start + 1:m.span_end] is distinct from m.surface
