-- Entries of feeds as they stood: what was tried, and what still waits.
delete from store.feed_items as i
using old.store.feed_items as o
where o.outlet_id = i.outlet_id
  and o.url = i.url;
insert into store.feed_items by name select * from old.store.feed_items;

insert into store.signatures by name
select s.*
from old.store.signatures as s
semi join store.articles using (article_id)
anti join store.signatures as here using (article_id);

-- Outlets, lists and entities whose files are gone still resolve; those that are there were first seen when they were.
update store.outlets as n set first_seen_at = o.first_seen_at
from old.store.outlets as o
where o.outlet_id = n.outlet_id;
update store.lists as n set first_seen_at = o.first_seen_at
from old.store.lists as o
where o.list_id = n.list_id;
insert into store.outlets by name
select * replace (coalesce(dropped_at, now() at time zone 'UTC') as dropped_at)
from old.store.outlets
where outlet_id not in (select outlet_id from store.outlets);
insert into store.lists by name
select * replace (coalesce(dropped_at, now() at time zone 'UTC') as dropped_at)
from old.store.lists
where list_id not in (select list_id from store.lists);
insert into store.entity_names by name
select n.*
from old.store.entity_names as n
anti join store.entities as here using (list_id, entity_id);
insert into store.entities by name
select o.* replace (coalesce(o.dropped_at, now() at time zone 'UTC') as dropped_at)
from old.store.entities as o
anti join store.entities as here using (list_id, entity_id);
