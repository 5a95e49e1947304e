-- Every alert speaks of an article that landed. If not, a delete went past the program: restore a backup.
select alert_id, article_id
from store.alerts
where article_id not in (select article_id from store.articles)
