-- The growing tables lose their primary keys. DuckDB appends to a table without an index in row groups of their own and
-- merges them as they grow; with one it compresses the last row group (up to 122,880 rows) again at every checkpoint, and
-- writes an index of hashes nearly whole: 2,000 articles beside a million took 10 s. That a key stands once is seen to by
-- the statements that land (one writer, one transaction) and by checks/keys_stand_once.sql. Keys that every landing
-- looks for are kept uncompressed, which reads four times faster.

create table store.articles_unkeyed (
    article_id varchar using compression uncompressed not null,
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
    fetched_at timestamp not null,
    first_seen_at timestamp not null,
    dated_at timestamp not null,
    landed_at timestamp not null,
    revision integer not null,
    language varchar,
    script varchar,
    language_confidence double,
    language_method varchar,
    title_en varchar,
    text_en varchar,
    engine varchar,
    model_version varchar,
    dropped_names varchar[],
    translated_at timestamp,
    story_id varchar
);
insert into store.articles_unkeyed by name select * from store.articles;
drop table store.articles;
alter table store.articles_unkeyed rename to articles;

create table store.revisions_unkeyed (
    article_id varchar not null,
    outlet_id varchar not null,
    revision integer not null,
    title varchar not null,
    text varchar not null,
    title_en varchar,
    text_en varchar,
    title_after varchar not null,
    text_after varchar not null,
    content_hash varchar not null,
    fetched_at timestamp not null,
    replaced_at timestamp not null
);
insert into store.revisions_unkeyed by name select * from store.revisions;
drop table store.revisions;
alter table store.revisions_unkeyed rename to revisions;

create table store.captures_unkeyed (
    warc_record_id varchar using compression uncompressed not null,
    article_id varchar not null,
    url varchar not null,
    fetched_at timestamp not null,
    body_sha256 varchar not null,
    warc_file varchar not null
);
insert into store.captures_unkeyed by name select * from store.captures;
drop table store.captures;
alter table store.captures_unkeyed rename to captures;

create table store.feed_items_unkeyed (
    outlet_id varchar not null,
    url varchar not null,
    guid varchar not null,
    title varchar not null,
    summary varchar not null,
    published_at timestamp,
    position integer not null,
    seen_at timestamp not null,
    state varchar not null,
    attempts integer not null,
    tried_at timestamp,
    next_try_at timestamp not null,
    article_id varchar,
    problem varchar,
    baseline boolean default false,
    listed_url varchar,
    listed_at timestamp,
    listed_sha256 varchar,
    listed_warc_file varchar,
    listed_warc_record_id varchar
);
insert into store.feed_items_unkeyed by name select * from store.feed_items;
drop table store.feed_items;
alter table store.feed_items_unkeyed rename to feed_items;

create table store.fetch_states_unkeyed (
    url varchar not null,
    outlet_id varchar not null,
    etag varchar,
    last_modified varchar,
    body_hash varchar,
    fetched_at timestamp not null,
    full_at timestamp,
    not_modified integer default 0,
    distrusted_at timestamp
);
insert into store.fetch_states_unkeyed by name select * from store.fetch_states;
drop table store.fetch_states;
alter table store.fetch_states_unkeyed rename to fetch_states;

create table store.matchings_unkeyed (
    article_id varchar using compression uncompressed not null,
    list_id varchar not null,
    list_version varchar not null,
    content_hash varchar not null,
    matched_at timestamp not null
);
insert into store.matchings_unkeyed by name select * from store.matchings;
drop table store.matchings;
alter table store.matchings_unkeyed rename to matchings;

create table store.alerts_unkeyed (
    alert_id varchar using compression uncompressed not null,
    article_id varchar not null,
    entity_id varchar not null,
    list_id varchar not null,
    priority varchar not null,
    score double not null,
    story_id varchar,
    origin varchar not null,
    created_at timestamp not null
);
insert into store.alerts_unkeyed by name select * from store.alerts;
drop table store.alerts;
alter table store.alerts_unkeyed rename to alerts;

create table store.story_parts_unkeyed (
    article_id varchar not null,
    story_id varchar not null,
    relation varchar not null,
    similarity double not null
);
insert into store.story_parts_unkeyed by name select * from store.story_parts;
drop table store.story_parts;
alter table store.story_parts_unkeyed rename to story_parts;

create table store.signatures_unkeyed (
    article_id varchar not null,
    signature blob not null,
    seen_at timestamp not null
);
insert into store.signatures_unkeyed by name select * from store.signatures;
drop table store.signatures;
alter table store.signatures_unkeyed rename to signatures;

create table store.polls_unkeyed (
    outlet_id varchar not null,
    source_url varchar not null,
    polled_at timestamp not null,
    ok boolean not null,
    items integer not null,
    new_items integer not null,
    baseline boolean not null,
    weight varchar,
    cause varchar,
    status integer,
    trouble varchar,
    message varchar,
    moved_to varchar,
    retry_after_seconds double
);
insert into store.polls_unkeyed by name select * from store.polls;
drop table store.polls;
alter table store.polls_unkeyed rename to polls;
