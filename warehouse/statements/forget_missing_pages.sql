-- Pages that answered again.
delete from store.missing_pages
where url in (select unnest($url::varchar[]))
