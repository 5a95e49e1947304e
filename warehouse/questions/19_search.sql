-- Which articles of the last 30 days hold a word, in the original or in English?
select dated_at, outlet_id, language, coalesce(title_en, title) as title, url
from articles
where dated_at > days_ago(30)
  and (text ilike '%харбмайдон%' or title ilike '%харбмайдон%' or text_en ilike '%kharbmaydon%')
order by dated_at desc
limit 100
