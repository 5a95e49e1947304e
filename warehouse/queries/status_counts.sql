-- What the warehouse holds, and what waits in it.
select
    (select count(*) from store.articles) as articles,
    (select count(*) from store.alerts) as alerts,
    (select count(*) from store.articles where engine is null and language is distinct from 'en') as untranslated,
    (select count(*) from store.articles where engine = 'gloss') as glossed,
    (select count(*) from store.digests where state in ('waiting', 'sending')) as waiting,
    (select count(*) from store.digests where state = 'refused' and made_at >= $since) as refused,
    (select count(*) from store.runs where outcome = 'killed' and started_at >= $since) as killed_runs,
    (select count(*) from store.failures where failed_at >= $since) as failures
