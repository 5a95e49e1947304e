-- Names that only the translation has: which translation an article was matched with, by its translated_at.
-- Null in rows from before this column: articles that a model has translated are read again by the next back-scan.
alter table store.matchings add column translated_at timestamp;

-- mentions_of('base-201'): every place an entity is named, newest first, with the line it stands in.
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
join articles as a using (article_id)
where m.entity_id = entity
order by m.dated_at desc, m.article_id, m.field desc, m.span_start;
comment on macro table mentions_of is 'mentions_of(entity): every place the entity is named, newest first, with the line around it.';

comment on view mentions is 'One row a place where an entity is named in the newest version of an article, or in its translation alone.';
comment on column mentions.field is 'title or text; translated_title or translated_text where only the machine translation names the entity.';
comment on column mentions.span_start is 'First code point in the field, from 0; of a translation: in title_en or text_en of articles.';
