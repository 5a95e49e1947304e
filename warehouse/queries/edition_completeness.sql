select
    count(*) as articles,
    count(*) filter (where language <> 'en' and engine is null) as untranslated,
    count(*) filter (where engine = 'gloss') as glossed,
    (select max(finished_at) from store.runs where outcome in ('done', 'failed')) as last_run_at
from store.articles
where landed_at >= $since
  and landed_at < $until
