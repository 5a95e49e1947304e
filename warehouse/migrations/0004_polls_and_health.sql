-- What every poll of a source brought, what that says of the source, and what is compared to find copies.

alter table store.fetch_states add column full_at timestamp;             -- when a body last came
alter table store.fetch_states add column not_modified integer default 0; -- 304 answers since
alter table store.fetch_states add column distrusted_at timestamp;       -- caught with validators that lie

-- Offered by the first good poll of its source: old news, unless its date says otherwise.
alter table store.feed_items add column baseline boolean default false;

create table store.polls (
    outlet_id varchar not null,
    source_url varchar not null,      -- as the outlet file has it, dates and page numbers not filled in
    polled_at timestamp not null,
    ok boolean not null,
    items integer not null,
    new_items integer not null,
    baseline boolean not null,
    weight varchar,                   -- hard, soft, temporary
    cause varchar,
    status integer,
    trouble varchar,
    message varchar,
    moved_to varchar,
    retry_after_seconds double,
    primary key (outlet_id, source_url, polled_at)
);

create table store.source_health (
    outlet_id varchar not null,
    source_url varchar not null,
    state varchar not null,           -- new, normal, quiet, silent, failing, refused, blocked, moved, gone, down
    since_at timestamp not null,
    checked_at timestamp not null,
    last_good_at timestamp,
    last_new_at timestamp,
    new_items_30_days integer not null,
    band_hours double,
    band_low double,
    band_high double,
    band_now integer,
    streak integer not null,
    failure_weight double not null,
    next_poll_at timestamp not null,
    advice varchar not null,
    primary key (outlet_id, source_url)
);

-- Of texts of the last days; see extractors.reading.stories.
create table store.signatures (
    article_id varchar primary key,
    signature blob not null,
    seen_at timestamp not null
);
