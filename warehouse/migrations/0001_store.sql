-- Base tables. No foreign keys (DuckDB: they block ALTER of the parent); checks/*.sql hold what they would hold.
-- All *_at columns are UTC. No table with a primary key is ever altered while an index stands on it.

create schema if not exists store;

-- Where news comes from; synced from the outlet files at every run.
create table store.outlets (
    outlet_id varchar primary key,
    title varchar not null,
    country varchar not null,
    languages varchar[] not null,
    url varchar not null,
    publisher varchar,
    publisher_kind varchar,
    timezone varchar,
    first_seen_at timestamp not null,
    dropped_at timestamp              -- its file was removed; what it brought stays
);

-- Every entry a source ever offered. An item is pending until its page has landed.
create table store.feed_items (
    outlet_id varchar not null,
    url varchar not null,
    guid varchar not null,
    title varchar not null,
    summary varchar not null,
    published_at timestamp,
    position integer not null,
    seen_at timestamp not null,
    state varchar not null,           -- pending, landed, gone
    attempts integer not null,
    tried_at timestamp,
    next_try_at timestamp not null,
    article_id varchar,
    problem varchar,
    primary key (outlet_id, url)
);

-- What must be remembered of a URL to ask politely.
create table store.fetch_states (
    url varchar primary key,
    outlet_id varchar not null,
    etag varchar,
    last_modified varchar,
    body_hash varchar,
    fetched_at timestamp not null
);

-- The newest version of every article, with its language, its English and its story: one wide row, so that analysts'
-- queries join nothing (a join of a million keys costs 0.3 s). Rows are replaced by delete and insert, never by UPDATE:
-- a changed text makes a checkpoint write its whole row group again (50 rows of a million: 22 s; replaced: 0.8 s).
create table store.articles (
    article_id varchar primary key,
    outlet_id varchar not null,
    url varchar not null,
    canonical_url varchar not null,
    title varchar not null,
    text varchar not null,
    byline varchar,
    section varchar,
    published_at timestamp,
    published_raw varchar,
    published_precision varchar,
    date_source varchar,
    extractor varchar not null,
    content_hash varchar not null,
    fetched_at timestamp not null,    -- when this version was fetched
    first_seen_at timestamp not null, -- when the first version was fetched
    dated_at timestamp not null,      -- published_at, else first_seen_at: a column, so that scans skip what is older
    landed_at timestamp not null,
    revision integer not null,        -- how many changes were seen since first_seen_at; 0 is as first seen
    language varchar,                 -- null: not identified yet
    script varchar,
    language_confidence double,
    language_method varchar,
    title_en varchar,                 -- null: not translated yet, or English already
    text_en varchar,
    engine varchar,
    model_version varchar,
    dropped_names varchar[],
    translated_at timestamp,
    story_id varchar
);

-- One row a change: what the article said before it, in the original and in English, and after it.
create table store.revisions (
    article_id varchar not null,
    outlet_id varchar not null,
    revision integer not null,        -- 1 is the first change
    title varchar not null,
    text varchar not null,
    title_en varchar,
    text_en varchar,
    title_after varchar not null,     -- again here: looking it up would read the text of every article
    text_after varchar not null,
    content_hash varchar not null,
    fetched_at timestamp not null,    -- when the replaced version was fetched
    replaced_at timestamp not null,   -- when the version that replaced it was fetched
    primary key (article_id, revision)
);

-- Where the bytes are kept.
create table store.captures (
    warc_record_id varchar primary key,
    article_id varchar not null,
    url varchar not null,
    fetched_at timestamp not null,
    body_sha256 varchar not null,
    warc_file varchar not null
);

create table store.lists (
    list_id varchar primary key,
    title varchar not null,
    owner varchar,
    purpose varchar,
    review_by date,
    version varchar not null,
    first_seen_at timestamp not null,
    dropped_at timestamp
);

create table store.entities (
    list_id varchar not null,
    entity_id varchar not null,
    schema varchar not null,
    caption varchar not null,
    priority varchar not null,
    notes varchar,
    source varchar,
    wikidata varchar,
    added date,
    retired date,
    dropped_at timestamp,             -- no longer in its list; its mentions still resolve
    primary key (list_id, entity_id)
);

create table store.entity_names (
    list_id varchar not null,
    entity_id varchar not null,
    name varchar not null,
    language varchar not null,
    kind varchar not null             -- name, weak, context, not
);

-- One row an article and list: matched, whether or not anything was found; content_hash is the version that was.
create table store.matchings (
    article_id varchar not null,
    list_id varchar not null,
    list_version varchar not null,
    content_hash varchar not null,
    matched_at timestamp not null,
    primary key (article_id, list_id)
);

-- No key: an article's mentions of a list are replaced together.
create table store.mentions (
    article_id varchar not null,
    entity_id varchar not null,
    list_id varchar not null,
    list_version varchar not null,
    outlet_id varchar not null,       -- of the article; and its language and date: four questions in five ask for them
    language varchar not null,
    dated_at timestamp not null,
    field varchar not null,
    span_start integer not null,
    span_end integer not null,
    surface varchar not null,
    name varchar not null,
    form varchar not null,
    score double not null,
    reasons varchar[] not null
);

create table store.alerts (
    alert_id varchar primary key,
    article_id varchar not null,
    entity_id varchar not null,
    list_id varchar not null,
    priority varchar not null,
    score double not null,
    story_id varchar,
    origin varchar not null,
    created_at timestamp not null
);

-- What a reader said of an alert; the newest of a reader counts, none is overwritten.
create table store.verdicts (
    alert_id varchar not null,
    verdict varchar not null,         -- relevant, irrelevant, wrong
    reader varchar not null,
    note varchar,
    given_at timestamp not null
);

-- A story is the articles that tell one thing; who belongs to it.
create table store.story_parts (
    article_id varchar primary key,
    story_id varchar not null,
    relation varchar not null,        -- first, copy, report
    similarity double not null
);

create table store.runs (
    run_id varchar primary key,
    kind varchar not null,
    started_at timestamp not null,
    finished_at timestamp,
    outcome varchar                   -- done, failed, killed; null while it runs
);

create table store.outlet_reports (
    run_id varchar not null,
    outlet_id varchar not null,
    reported_at timestamp not null,
    items integer not null,
    fetched integer not null,
    unchanged integer not null,
    articles integer not null,
    new integer not null,
    revised integer not null,
    mentions integer not null,
    alerts integer not null,
    failures integer not null,
    broken varchar[] not null,
    primary key (run_id, outlet_id)
);

create table store.failures (
    run_id varchar not null,
    outlet_id varchar not null,
    step varchar not null,
    url varchar not null,
    kind varchar not null,
    error varchar not null,
    message varchar not null,
    failed_at timestamp not null
);

-- One row a digest made for a reader.
create table store.digests (
    digest_id varchar primary key,
    reader varchar not null,
    since_at timestamp not null,
    until_at timestamp not null,
    subject varchar not null,
    message_id varchar,
    made_at timestamp not null,
    sent_at timestamp
);

-- The outbox: an alert stands at most once in a reader's digests.
create table store.digest_alerts (
    reader varchar not null,
    alert_id varchar not null,
    digest_id varchar not null,
    primary key (reader, alert_id)
);

-- A write-ahead log that would not replay, and where it was put.
create table store.recoveries (
    recovered_at timestamp not null,
    set_aside varchar not null,
    problem varchar not null
);
