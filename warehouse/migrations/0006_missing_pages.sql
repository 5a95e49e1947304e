-- Pages of landed articles that answered 404 or 410 when they were asked for again.

create table store.missing_pages (
    url varchar primary key,          -- as in store.articles
    outlet_id varchar not null,
    status integer not null,          -- 404 or 410, of the last try
    tries integer not null,           -- in a row; a page that is there again leaves this table
    first_missed_at timestamp not null,
    last_missed_at timestamp not null,
    vanished_at timestamp             -- null until three tries on two days have found nothing
);

create view vanished as
select
    a.article_id,
    a.outlet_id,
    a.title,
    a.dated_at,
    a.url,
    m.first_missed_at as missing_since_at,
    m.vanished_at,
    m.tries,
    m.status
from store.missing_pages as m
join store.articles as a on a.url = m.url
where m.vanished_at is not null;

comment on view vanished is 'One row an article whose page the outlet has taken down: not found in three tries on two days. articles keeps what it said.';
comment on column vanished.article_id is 'Key of articles.';
comment on column vanished.outlet_id is 'Key of outlets.';
comment on column vanished.title is 'Title in the original, as it last stood.';
comment on column vanished.dated_at is 'Date of the article (UTC), as in articles.';
comment on column vanished.url is 'Where it stood.';
comment on column vanished.missing_since_at is 'When it was first not found (UTC); it was taken down between articles.fetched_at and then.';
comment on column vanished.vanished_at is 'When that was certain (UTC).';
comment on column vanished.tries is 'How many times it was asked for in vain.';
comment on column vanished.status is 'What the server said last: 404 not found, 410 gone.';
