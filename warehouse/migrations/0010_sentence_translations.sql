-- Sentences that were translated before, by source text, engine and model version: syndicated text is translated once.
-- Without a key: a lookup is one hash join of a few hundred sentences, and an index over whole sentences would be as
-- large as the table. land_sentences adds none twice.

create table store.sentence_translations (
    source varchar not null,
    translation varchar not null,
    engine varchar not null,
    model_version varchar not null,
    made_at timestamp not null
);

-- How far an article is translated: title, lead (title and first paragraph) or full; the rest is a gloss, marked so.
-- Null in rows from before this column: full, where there is an engine.
alter table store.articles add column translated_extent varchar;
