-- A newer version may give another date; the alerts of its article go along.
update store.alerts as al
set dated_at = newer.dated_at
from incoming as newer
where al.article_id = newer.article_id
  and al.dated_at <> newer.dated_at
