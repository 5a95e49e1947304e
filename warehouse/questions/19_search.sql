-- Which articles of the last 30 days hold a word, in the original or in English?
select dated_at, outlet, language, coalesce(title_en, title) as title, url
from search('харбмайдон')
limit 100
