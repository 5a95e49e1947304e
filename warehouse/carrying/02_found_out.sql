-- Translations of the same text: they took hours, or a model that is no longer here. What has none waits for a run.
update store.articles as a set
    title_en = o.title_en,
    text_en = o.text_en,
    engine = o.engine,
    model_version = o.model_version,
    translated_extent = o.translated_extent,
    dropped_names = o.dropped_names,
    translated_at = o.translated_at
from old.store.articles as o
where o.article_id = a.article_id
  and o.content_hash = a.content_hash
  and o.engine is not null;

update store.revisions as r set
    title_en = o.title_en,
    text_en = o.text_en,
    named = coalesce(o.named, r.named)
from old.store.revisions as o
where o.article_id = r.article_id
  and o.content_hash = r.content_hash;

-- Mentions that a matching of today does not find again in the same text: of entities that left their list, and those
-- that stand in the translation.
create or replace temp table mentioned as
select m.* replace (a.outlet_id as outlet_id, coalesce(a.language, 'und') as language, a.dated_at as dated_at)
from old.store.mentions as m
join old.store.articles as o using (article_id)
join store.articles as a using (article_id)
left join store.entities as e on e.list_id = m.list_id and e.entity_id = m.entity_id
where a.content_hash = o.content_hash
  and m.article_id not in (from taken)
  and (e.entity_id is null or e.retired <= current_date or m.field in ('translated_title', 'translated_text'));

insert into store.mentions by name
select m.*
from mentioned as m
anti join store.mentions as here using (article_id, list_id, entity_id, field, span_start, span_end);

insert into store.matchings by name
select distinct matched.*
from old.store.matchings as matched
semi join mentioned using (article_id, list_id)
anti join store.matchings as here using (article_id, list_id);

update store.matchings as k set translated_at = o.translated_at
from old.store.matchings as o
join store.articles as a using (article_id)
where o.article_id = k.article_id
  and o.list_id = k.list_id
  and o.list_version = k.list_version
  and o.content_hash = k.content_hash
  and o.translated_at = a.translated_at;

-- An article stays in the story it was told in.
delete from store.story_parts where article_id in (select article_id from old.store.story_parts);
insert into store.story_parts by name
select p.*
from old.store.story_parts as p
semi join store.articles using (article_id);
update store.articles as a set story_id = o.story_id
from old.store.articles as o
where o.article_id = a.article_id
  and o.story_id is distinct from a.story_id;
