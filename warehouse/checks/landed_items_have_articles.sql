-- An item counted as landed has its article, where it names one. If not, its page is never fetched again: set it to pending.
select outlet_id, url, article_id
from store.feed_items
where state = 'landed'
  and article_id is not null
  and article_id not in (select article_id from store.articles)
