-- The articles dated since a time, as a change of a watch-list is tried on them.
select article_id, outlet_id, url, title, text, language, dated_at
from main.articles
where dated_at >= $since
order by dated_at
