-- An alert carries the date of its article, as a mention does. Ids are hashes and lie anywhere; rows lie by date. A join
-- on both reads the days that are asked for and skips the rest, a join on the id alone reads a million.

create table store.alerts_dated (
    alert_id varchar using compression uncompressed not null,
    article_id varchar not null,
    entity_id varchar not null,
    list_id varchar not null,
    priority varchar not null,
    score double not null,
    story_id varchar,
    origin varchar not null,
    created_at timestamp not null,
    dated_at timestamp not null
);
insert into store.alerts_dated by name
select al.*, coalesce(a.dated_at, al.created_at) as dated_at
from store.alerts as al
left join store.articles as a using (article_id)
order by al.rowid;
drop table store.alerts;
alter table store.alerts_dated rename to alerts;

update store.mentions as m
set dated_at = a.dated_at
from store.articles as a
where a.article_id = m.article_id
  and a.dated_at <> m.dated_at;

-- New columns stand last: a query that counts on places goes on working.
create or replace view alerts as
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
    al.dated_at,
    a.title,
    case when a.language = 'en' then a.title else a.title_en end as title_en,
    a.url,
    v.verdict,
    o.title as outlet,
    o.country,
    o.publisher_kind
from store.alerts as al
join store.articles as a on a.article_id = al.article_id and a.dated_at = al.dated_at
left join store.outlets as o on o.outlet_id = a.outlet_id
left join store.entities as e on e.list_id = al.list_id and e.entity_id = al.entity_id
left join (
    select alert_id, arg_max(verdict, given_at) as verdict
    from store.verdicts
    group by alert_id
) as v on v.alert_id = al.alert_id;

comment on view alerts is 'One row an article and entity: the one alert they can have.';
comment on column alerts.alert_id is 'Key.';
comment on column alerts.article_id is 'Key of articles.';
comment on column alerts.entity_id is 'With list_id the key of entities.';
comment on column alerts.list_id is 'Watch-list.';
comment on column alerts.caption is 'What the entity is called in English.';
comment on column alerts.priority is 'high, normal or low.';
comment on column alerts.score is 'Best score of its mentions when it was made.';
comment on column alerts.story_id is 'Story of the article.';
comment on column alerts.origin is 'live, or backscan: found later in old articles.';
comment on column alerts.created_at is 'When it was made (UTC).';
comment on column alerts.outlet_id is 'Outlet of the article.';
comment on column alerts.language is 'Language of the article.';
comment on column alerts.dated_at is 'Date of the article (UTC), as in articles.';
comment on column alerts.title is 'Title in the original.';
comment on column alerts.title_en is 'Title in English.';
comment on column alerts.url is 'Address of the article.';
comment on column alerts.verdict is 'Newest verdict of a reader, null where there is none.';
comment on column alerts.outlet is 'Name of the outlet.';
comment on column alerts.country is 'Country of the outlet.';
comment on column alerts.publisher_kind is 'Kind of the outlet''s publisher.';

-- What a version named, in whatever form, goes with it when the next one is matched; so it is kept with the version.
alter table store.revisions add column named varchar[];

create or replace view revisions as
select
    article_id,
    outlet_id,
    revision,
    fetched_at as before_at,
    replaced_at as changed_at,
    title as title_before,
    title_after,
    text as text_before,
    text_after,
    named as named_before
from store.revisions;

comment on view revisions is 'One row a change of a published article: what it said before and after.';
comment on column revisions.article_id is 'Key of articles.';
comment on column revisions.outlet_id is 'Key of outlets.';
comment on column revisions.revision is '1 is the first change.';
comment on column revisions.before_at is 'When the earlier version was fetched (UTC).';
comment on column revisions.changed_at is 'When the change was seen (UTC).';
comment on column revisions.title_before is 'Title before.';
comment on column revisions.title_after is 'Title after.';
comment on column revisions.text_before is 'Text before.';
comment on column revisions.text_after is 'Text after.';
comment on column revisions.named_before is 'The entities that the earlier version named, by entity_id; null for changes seen before this column was.';

-- mentions_of('base-201'): every place an entity is named, newest first, with the line it stands in. Asked for a month
-- it reads the texts of that month.
create or replace macro mentions_of(entity) as table
select
    m.dated_at,
    m.outlet_id,
    m.language,
    m.surface,
    m.field,
    case m.field
        when 'title' then a.title
        when 'translated_title' then a.title_en
        else trim((case m.field when 'text' then a.text else a.text_en end)[greatest(1, m.span_start - 79):m.span_end + 80])
    end as line,
    a.title,
    a.title_en,
    m.score,
    a.url,
    m.article_id
from mentions as m
join articles as a on a.article_id = m.article_id and a.dated_at = m.dated_at
where m.entity_id = entity
order by m.dated_at desc, m.article_id, m.field desc, m.span_start;
comment on macro table mentions_of is 'mentions_of(entity): every place the entity is named, newest first, with the line around it.';

-- search('харбмайдон', days := 90): articles of the last days that hold words, newest first. Case is folded by the
-- regular expression: `ilike` folds each text anew and took four times as long.
create macro search(words, days := 30) as table
select
    a.dated_at,
    a.outlet_id,
    a.outlet,
    a.language,
    a.title,
    a.title_en,
    a.url,
    a.article_id
from articles as a
where a.dated_at > days_ago(days)
  and (
      regexp_matches(a.title, '(?i)' || regexp_escape(words))
   or regexp_matches(a.text, '(?i)' || regexp_escape(words))
   or regexp_matches(a.title_en, '(?i)' || regexp_escape(words))
   or regexp_matches(a.text_en, '(?i)' || regexp_escape(words))
  )
order by a.dated_at desc, a.article_id;
comment on macro table search is 'search(words, days := 30): articles of the last days that hold the words in title or text, in the original or in English, whatever the case; newest first.';
