-- outlet_health becomes one row a source: an outlet may print news in two languages, and lose one of them.

insert into store.contract values (
    2, now()::timestamp, 'outlet_health has a row for each source; status follows the health of the source'
);

drop view outlet_health;

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
        arg_max(fetched, reported_at) as fetched_now,
        arg_max(broken, reported_at) as broken
    from store.outlet_reports
    -- A replay of an archive asks nobody.
    where run_id not in (select run_id from store.runs where kind = 'replay')
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
        h.source_url,
        h.state,
        h.since_at,
        reported.last_report_at,
        coalesce(h.last_good_at, reported.last_success_at) as last_success_at,
        coalesce(h.last_new_at, recent.last_new_at) as last_new_at,
        coalesce(recent.articles_7d, 0) as articles_7d,
        coalesce(recent.articles_28d, 0) / 4 as articles_per_week,
        date_diff('hour', recent.last_new_at, now() at time zone 'UTC') as hours_since_new,
        coalesce(failed.failures_24h, 0) as failures_24h,
        failed.last_failure_at,
        failed.last_failure,
        coalesce(reported.broken, []) as broken,
        reported.failures_now,
        reported.answers_now,
        reported.fetched_now,
        h.new_items_30_days,
        h.band_hours,
        h.band_low,
        h.band_high,
        h.band_now,
        h.streak,
        h.next_poll_at,
        h.advice
    from store.outlets as o
    left join store.source_health as h using (outlet_id)
    left join recent using (outlet_id)
    left join reported using (outlet_id)
    left join failed using (outlet_id)
    where o.dropped_at is null
)
select
    outlet_id,
    title,
    source_url,
    case
        when state in ('failing', 'refused', 'blocked', 'gone', 'down') then 'failing'
        when state = 'moved' and streak > 0 then 'failing'
        when state = 'silent' then 'silent'
        when state in ('quiet', 'moved') or len(broken) > 0 then 'degraded'
        -- Its list works and its pages do not: five are no accident.
        when failures_now >= 5 and fetched_now = 0 then 'degraded'
        when state is not null then 'normal'
        when last_report_at is null then 'unknown'
        when failures_now > 0 and answers_now = 0 then 'failing'
        when hours_since_new > greatest(24, 3 * 168 / nullif(articles_per_week, 0)) then 'silent'
        else 'normal'
    end as status,
    state,
    since_at,
    last_report_at,
    last_success_at,
    last_new_at,
    new_items_30_days,
    band_hours,
    band_low,
    band_high,
    band_now,
    streak,
    next_poll_at,
    advice,
    articles_7d,
    articles_per_week,
    failures_24h,
    last_failure_at,
    last_failure,
    broken
from joined;

comment on view outlet_health is 'How every active outlet does now: one row a source it was asked by, or one without source_url before it was asked.';
comment on column outlet_health.outlet_id is 'Key of outlets.';
comment on column outlet_health.title is 'Name of the outlet.';
comment on column outlet_health.source_url is 'The feed, list or sitemap as the outlet file has it; with outlet_id the key.';
comment on column outlet_health.status is 'normal; degraded: it brings much less than usual, has moved, or breaks what its file promises; failing: it cannot be had or read; silent: it answers and brings nothing new; unknown: never asked.';
comment on column outlet_health.state is 'More exactly: new (its rhythm is being learnt), normal, quiet, silent, failing, refused, blocked, moved, gone, down.';
comment on column outlet_health.since_at is 'Since when it is in this state (UTC).';
comment on column outlet_health.last_report_at is 'When the outlet was last asked (UTC).';
comment on column outlet_health.last_success_at is 'When the source last answered properly (UTC).';
comment on column outlet_health.last_new_at is 'When it last brought something new (UTC); before its first news, when the newest article of the outlet came.';
comment on column outlet_health.new_items_30_days is 'New items in 30 days, those of its first poll not counted.';
comment on column outlet_health.band_hours is 'Length in hours of the window it is measured in: the shortest that never was empty in 30 days; null while it is being learnt.';
comment on column outlet_health.band_low is 'New items in such a window: 10th percentile of 30 days.';
comment on column outlet_health.band_high is 'New items in such a window: 90th percentile of 30 days.';
comment on column outlet_health.band_now is 'New items in the window that ends now.';
comment on column outlet_health.streak is 'How many polls failed in a row.';
comment on column outlet_health.next_poll_at is 'When it should be asked again (UTC).';
comment on column outlet_health.advice is 'What to do about it, in a sentence.';
comment on column outlet_health.articles_7d is 'New articles of the outlet in 7 days.';
comment on column outlet_health.articles_per_week is 'New articles of the outlet a week, over 28 days.';
comment on column outlet_health.failures_24h is 'Failures of the outlet in 24 hours.';
comment on column outlet_health.last_failure_at is 'When something of the outlet last failed (UTC).';
comment on column outlet_health.last_failure is 'What failed last.';
comment on column outlet_health.broken is 'Promises of its file that did not hold in the last run.';
