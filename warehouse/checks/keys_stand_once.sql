-- A key stands once: no article, alert, capture or other row was landed twice.
select 'articles' as lies_in, article_id as row_key
from store.articles
group by all
having count(*) > 1
union all
select 'revisions' as lies_in, concat_ws(' ', article_id, revision) as row_key
from store.revisions
group by all
having count(*) > 1
union all
select 'captures' as lies_in, concat_ws(' ', warc_record_id, article_id) as row_key
from store.captures
group by all
having count(*) > 1
union all
select 'feed_items' as lies_in, concat_ws(' ', outlet_id, url) as row_key
from store.feed_items
group by all
having count(*) > 1
union all
select 'fetch_states' as lies_in, url as row_key
from store.fetch_states
group by all
having count(*) > 1
union all
select 'matchings' as lies_in, concat_ws(' ', article_id, list_id) as row_key
from store.matchings
group by all
having count(*) > 1
union all
select 'alerts' as lies_in, alert_id as row_key
from store.alerts
group by all
having count(*) > 1
union all
select 'story_parts' as lies_in, article_id as row_key
from store.story_parts
group by all
having count(*) > 1
union all
select 'signatures' as lies_in, article_id as row_key
from store.signatures
group by all
having count(*) > 1
union all
select 'polls' as lies_in, concat_ws(' ', outlet_id, source_url, polled_at) as row_key
from store.polls
group by all
having count(*) > 1
