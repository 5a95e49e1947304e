delete from store.articles
where article_id in (select article_id from staged)
