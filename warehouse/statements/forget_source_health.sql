-- Of sources that are no longer in their outlet's file.
delete from store.source_health
where outlet_id = $outlet_id
  and source_url not in (select unnest($source_url::varchar[]))
