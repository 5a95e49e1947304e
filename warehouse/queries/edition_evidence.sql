-- The best mention of each alerted entity in each article, with the text around it: the title if it stands there, else
-- the highest score, else the first place.
with best as (
    select
        m.*,
        a.text_en,
        case m.field
            when 'title' then a.title
            when 'text' then a.text
            when 'translated_title' then a.title_en
            when 'translated_text' then a.text_en
        end as content
    from store.mentions as m
    join store.articles as a using (article_id)
    where m.article_id in (select unnest($article_id::varchar[]))
    qualify row_number() over (
        partition by m.article_id, m.list_id, m.entity_id
        order by m.field in ('title', 'translated_title') desc, m.score desc, m.span_start
    ) = 1
)
select
    m.article_id,
    m.list_id,
    m.entity_id,
    coalesce(e.caption, m.entity_id) as caption,
    m.field,
    m.surface,
    m.name,
    m.reasons,
    m.content[greatest(1, m.span_start - 239):m.span_start] as before,
    m.content[m.span_end + 1:m.span_end + 240] as after,
    -- A line of the translation that has the name as the list calls it in English.
    if(
        m.field in ('title', 'text'),
        regexp_extract(m.text_en, '[^.!?\n]*' || regexp_escape(coalesce(e.caption, m.entity_id)) || '[^.!?\n]*[.!?]?'),
        null
    ) as line_en
from best as m
left join store.entities as e on e.list_id = m.list_id and e.entity_id = m.entity_id
