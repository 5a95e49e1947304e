-- What analysts query: views and macros in main. A change that breaks a query raises the contract version. Clients of
-- the 1.5 line read them too: `case`, not `if()`, which 2.0 stores as a function that 1.5 does not have.

create table store.contract (
    version integer primary key,
    since_at timestamp not null,
    note varchar not null
);
insert into store.contract values (1, now()::timestamp, 'first contract');

create view contract as
select version, since_at, note from store.contract;

create view outlets as
select
    outlet_id,
    title,
    country,
    languages,
    url,
    publisher,
    publisher_kind,
    timezone,
    first_seen_at,
    dropped_at is null as active
from store.outlets;

create view articles as
select
    a.article_id,
    a.outlet_id,
    o.title as outlet,
    o.country,
    o.publisher_kind,
    coalesce(a.language, 'und') as language,
    a.script,
    a.title,
    case when a.language = 'en' then a.title else a.title_en end as title_en,
    a.text,
    case when a.language = 'en' then a.text else a.text_en end as text_en,
    a.byline,
    a.section,
    a.dated_at,
    a.published_at,
    a.published_precision,
    a.date_source,
    a.first_seen_at,
    a.fetched_at,
    a.revision,
    coalesce(a.story_id, a.article_id) as story_id,
    a.url,
    a.canonical_url,
    a.content_hash
from store.articles as a
left join store.outlets as o using (outlet_id);

create view revisions as
select
    article_id,
    outlet_id,
    revision,
    fetched_at as before_at,
    replaced_at as changed_at,
    title as title_before,
    title_after,
    text as text_before,
    text_after
from store.revisions;

create view translations as
select
    article_id,
    language as source_language,
    'en' as language,
    title_en as title,
    text_en as text,
    engine,
    model_version,
    dropped_names,
    translated_at
from store.articles
where engine is not null;

create view entities as
select
    e.entity_id,
    e.list_id,
    l.title as list,
    e.schema,
    e.caption,
    e.priority,
    e.notes,
    e.source,
    e.wikidata,
    e.added,
    e.retired,
    e.dropped_at is null and (e.retired is null or e.retired > current_date) as active
from store.entities as e
left join store.lists as l using (list_id);

create view entity_names as
select entity_id, list_id, name, language, kind
from store.entity_names;

create view mentions as
select
    m.article_id,
    m.entity_id,
    m.list_id,
    e.caption,
    m.outlet_id,
    m.language,
    m.dated_at,
    m.field,
    m.span_start,
    m.span_end,
    m.surface,
    m.name,
    m.form,
    m.score,
    m.reasons,
    m.list_version
from store.mentions as m
left join store.entities as e on e.list_id = m.list_id and e.entity_id = m.entity_id;

create view verdicts as
select alert_id, verdict, reader, note, given_at
from store.verdicts;

create view alerts as
select
    al.alert_id,
    al.article_id,
    al.entity_id,
    al.list_id,
    e.caption,
    al.priority,
    al.score,
    coalesce(al.story_id, a.story_id, al.article_id) as story_id,
    al.origin,
    al.created_at,
    a.outlet_id,
    coalesce(a.language, 'und') as language,
    a.dated_at,
    a.title,
    case when a.language = 'en' then a.title else a.title_en end as title_en,
    a.url,
    v.verdict
from store.alerts as al
join store.articles as a using (article_id)
left join store.entities as e on e.list_id = al.list_id and e.entity_id = al.entity_id
left join (
    select alert_id, arg_max(verdict, given_at) as verdict
    from store.verdicts
    group by alert_id
) as v on v.alert_id = al.alert_id;

create view stories as
with parts as (
    select
        s.story_id,
        s.article_id,
        s.relation,
        a.outlet_id,
        a.title,
        a.title_en,
        a.dated_at
    from store.story_parts as s
    join store.articles as a using (article_id)
),
summed as (
    select
        story_id,
        arg_min(article_id, (relation <> 'first', dated_at)) as first_article_id,
        arg_min(outlet_id, (relation <> 'first', dated_at)) as first_outlet_id,
        arg_min(title, (relation <> 'first', dated_at)) as title,
        arg_min_null(title_en, (relation <> 'first', dated_at)) as title_en,
        min(dated_at) as first_at,
        max(dated_at) as last_at,
        count(*) as articles,
        count(distinct outlet_id) as outlets,
        count(*) filter (where relation = 'copy') as copies
    from parts
    group by story_id
)
select
    story_id,
    title,
    title_en,
    first_article_id,
    first_outlet_id,
    first_at,
    last_at,
    articles,
    outlets,
    copies
from summed;

create view digests as
select
    d.digest_id,
    d.reader,
    d.since_at,
    d.until_at,
    d.subject,
    d.made_at,
    d.sent_at,
    count(x.alert_id) as alerts
from store.digests as d
left join store.digest_alerts as x using (digest_id)
group by all;

create view runs as
select
    r.run_id,
    r.kind,
    r.started_at,
    r.finished_at,
    r.outcome,
    count(o.outlet_id) as outlets,
    count(o.outlet_id) filter (where o.failures > 0) as outlets_with_failures,
    coalesce(sum(o.items), 0)::bigint as items,
    coalesce(sum(o.fetched), 0)::bigint as fetched,
    coalesce(sum(o.new), 0)::bigint as new,
    coalesce(sum(o.revised), 0)::bigint as revised,
    coalesce(sum(o.mentions), 0)::bigint as mentions,
    coalesce(sum(o.alerts), 0)::bigint as alerts,
    coalesce(sum(o.failures), 0)::bigint as failures
from store.runs as r
left join store.outlet_reports as o using (run_id)
group by all;

create view failures as
select run_id, outlet_id, step, url, kind, error, message, failed_at
from store.failures;

-- An outlet is failing when its last report brought failures and nothing fetched or unchanged, silent when it brought
-- nothing new for three times its usual pause and at least a day, and unknown before its first report.
create view outlet_health as
with recent as (
    select
        outlet_id,
        max(first_seen_at) as last_new_at,
        count(*) filter (where first_seen_at > (now() at time zone 'UTC') - interval 7 day) as articles_7d,
        count(*) as articles_28d
    from store.articles
    where first_seen_at > (now() at time zone 'UTC') - interval 28 day
    group by outlet_id
),
reported as (
    select
        outlet_id,
        max(reported_at) as last_report_at,
        max(reported_at) filter (where fetched + unchanged + new > 0) as last_success_at,
        arg_max(failures, reported_at) as failures_now,
        arg_max(fetched + unchanged + new, reported_at) as answers_now,
        arg_max(broken, reported_at) as broken
    from store.outlet_reports
    group by outlet_id
),
failed as (
    select
        outlet_id,
        max(failed_at) as last_failure_at,
        arg_max(error || ': ' || message, failed_at) as last_failure,
        count(*) filter (where failed_at > (now() at time zone 'UTC') - interval 1 day) as failures_24h
    from store.failures
    group by outlet_id
),
joined as (
    select
        o.outlet_id,
        o.title,
        reported.last_report_at,
        reported.last_success_at,
        recent.last_new_at,
        coalesce(recent.articles_7d, 0) as articles_7d,
        coalesce(recent.articles_28d, 0) / 4 as articles_per_week,
        date_diff('hour', recent.last_new_at, now() at time zone 'UTC') as hours_since_new,
        coalesce(failed.failures_24h, 0) as failures_24h,
        failed.last_failure_at,
        failed.last_failure,
        coalesce(reported.broken, []) as broken,
        reported.failures_now,
        reported.answers_now
    from store.outlets as o
    left join recent using (outlet_id)
    left join reported using (outlet_id)
    left join failed using (outlet_id)
    where o.dropped_at is null
)
select
    outlet_id,
    title,
    case
        when last_report_at is null then 'unknown'
        when failures_now > 0 and answers_now = 0 then 'failing'
        when len(broken) > 0 then 'degraded'
        when hours_since_new > greatest(24, 3 * 168 / nullif(articles_per_week, 0)) then 'silent'
        else 'normal'
    end as status,
    last_report_at,
    last_success_at,
    last_new_at,
    articles_7d,
    articles_per_week,
    failures_24h,
    last_failure_at,
    last_failure,
    broken
from joined;

-- days_ago(7): a moment to compare *_at columns with; now() itself would be in the client's zone.
create macro days_ago(days) as (now() at time zone 'UTC') - to_days(days);

-- mentions_of('base-201'): every place an entity is named, newest first, with the line it stands in.
create macro mentions_of(entity) as table
select
    m.dated_at,
    m.outlet_id,
    m.language,
    m.surface,
    m.field,
    case
        when m.field = 'title' then a.title
        else trim(a.text[greatest(1, m.span_start - 79):m.span_end + 80])
    end as line,
    a.title,
    a.title_en,
    m.score,
    a.url,
    m.article_id
from mentions as m
join articles as a using (article_id)
where m.entity_id = entity
order by m.dated_at desc, m.article_id, m.field desc, m.span_start;

-- timeline('base-201', step := 'week'): mentions and articles a day, week, month ... and language.
create macro timeline(entity, step := 'week') as table
select
    date_trunc(step, dated_at)::date as period,
    language,
    count(*) as mentions,
    count(distinct article_id) as articles
from mentions
where entity_id = entity
group by all
order by period, language;

-- coverage('base-201'): who writes about an entity, how much, since when, and what share of their articles it is.
create macro coverage(entity) as table
with named as (
    select
        outlet_id,
        count(distinct article_id) as articles,
        count(*) as mentions,
        min(dated_at) as first_at,
        max(dated_at) as last_at
    from mentions
    where entity_id = entity
    group by outlet_id
),
everything as (
    select outlet_id, count(*) as articles
    from store.articles
    group by outlet_id
)
select
    o.outlet_id,
    o.title as outlet,
    o.country,
    o.publisher_kind,
    coalesce(named.articles, 0) as articles,
    coalesce(named.mentions, 0) as mentions,
    named.first_at,
    named.last_at,
    round(100 * coalesce(named.articles, 0) / everything.articles, 2) as percent_of_outlet
from store.outlets as o
left join named using (outlet_id)
left join everything using (outlet_id)
order by articles desc, o.outlet_id;
