-- In which translations is a watched name missing?
select t.translated_at, a.outlet_id, t.source_language, t.dropped_names, a.title, t.title as title_en
from translations as t
join articles as a using (article_id)
where len(t.dropped_names) > 0 and t.translated_at > days_ago(30)
order by t.translated_at desc
limit 100
