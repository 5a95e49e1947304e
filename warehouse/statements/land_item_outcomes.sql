-- What became of the page of an item. tried_at makes a batch that lands twice count once.
update store.feed_items as i set
    -- Twelve tries with doubling pauses are nine days: a page that fails so long is not coming back.
    state = case
        when o.state = 'retry' then if(i.attempts + 1 >= 12, 'gone', 'pending')
        else o.state
    end,
    attempts = i.attempts + 1,
    tried_at = $landed_at::timestamp,
    -- A quarter of an hour, doubling, a day at most.
    next_try_at = $landed_at::timestamp + to_minutes(least(15 * 2 ** least(i.attempts, 10), 1440)::integer),
    article_id = coalesce(o.article_id, i.article_id),
    problem = o.problem
from incoming as o
where i.outlet_id = o.outlet_id
  and i.url = o.url
  and i.state = 'pending'
  and i.tried_at is distinct from $landed_at::timestamp
