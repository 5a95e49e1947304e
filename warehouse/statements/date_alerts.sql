-- A newer version may give another date; the alerts of its article go along.
update store.alerts as al
set dated_at = newer.dated_at
from (
    select
        unnest($article_id::varchar[]) as article_id,
        unnest($dated_at::timestamp[]) as dated_at
) as newer
where al.article_id = newer.article_id
  and al.dated_at <> newer.dated_at
