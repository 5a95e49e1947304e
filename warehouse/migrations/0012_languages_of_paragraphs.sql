-- An article quotes: a Tajik text has Russian paragraphs. Which languages its paragraphs are in is known when its own is.
-- A column of the wide row, as readers ask for articles and not for paragraphs.

alter table store.articles add column languages varchar[];

-- Replaced whole: DuckDB's views do not take a column, and lose their comments.
create or replace view articles as
select
    a.article_id,
    a.outlet_id,
    o.title as outlet,
    o.country,
    o.publisher_kind,
    coalesce(a.language, 'und') as language,
    a.languages,
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

comment on view articles is 'One row an article, in its newest version; original and English side by side.';
comment on column articles.article_id is 'Key: a hash of the canonical URL.';
comment on column articles.outlet_id is 'Outlet; key of outlets.';
comment on column articles.outlet is 'Name of the outlet.';
comment on column articles.country is 'Country of the outlet.';
comment on column articles.publisher_kind is 'Kind of the outlet''s publisher.';
comment on column articles.language is 'ISO 639-1 code of the language it is written in, und if not known.';
comment on column articles.languages is 'All languages that whole paragraphs of it are in, that of most letters first; empty where none is known, null where it landed before paragraphs were told apart.';
comment on column articles.script is 'ISO 15924 code of its script: Cyrl, Hans, Hant, Latn, Arab.';
comment on column articles.title is 'Title in the original.';
comment on column articles.title_en is 'Title in English; null while not translated.';
comment on column articles.text is 'Text in the original.';
comment on column articles.text_en is 'Text in English; null while not translated.';
comment on column articles.byline is 'Author as printed.';
comment on column articles.section is 'Section of the outlet.';
comment on column articles.dated_at is 'published_at, or first_seen_at where no date was believed: what to sort and count by (UTC).';
comment on column articles.published_at is 'Date and time of publication (UTC), null where none was believed.';
comment on column articles.published_precision is 'How exact published_at is: second, minute or day.';
comment on column articles.date_source is 'Where published_at came from.';
comment on column articles.first_seen_at is 'When the first version was fetched (UTC).';
comment on column articles.fetched_at is 'When this version was fetched (UTC).';
comment on column articles.revision is 'How many times the text has changed since first seen; 0 is unchanged.';
comment on column articles.story_id is 'Story it belongs to; its own article_id where it stands alone.';
comment on column articles.url is 'Address it was read at.';
comment on column articles.canonical_url is 'Address without tracking, mirror or protocol differences.';
comment on column articles.content_hash is 'SHA-256 of title and text of this version.';
