-- Feed entries that are whole articles: the answer they stood in is their evidence, one record for many articles.

alter table store.feed_items add column listed_url varchar;
alter table store.feed_items add column listed_at timestamp;
alter table store.feed_items add column listed_sha256 varchar;
alter table store.feed_items add column listed_warc_file varchar;
alter table store.feed_items add column listed_warc_record_id varchar;

create table store.captures_of_articles (
    warc_record_id varchar,
    article_id varchar,
    url varchar not null,
    fetched_at timestamp not null,
    body_sha256 varchar not null,
    warc_file varchar not null,
    primary key (warc_record_id, article_id)
);
insert into store.captures_of_articles by name from store.captures;
drop table store.captures;
alter table store.captures_of_articles rename to captures;
