-- The best mention of each alerted entity in each article, with the text around it: the title if it stands there, else
-- the highest score, else the first place.
-- By their dates the join skips the texts of all other articles: 12 s without them beside a million.
with wanted as (
    select
        unnest($article_id::varchar[]) as article_id,
        unnest($dated_at::timestamp[]) as dated_at
),
named as (
    select
        m.*,
        case m.field
            when 'title' then a.title
            when 'text' then a.text
            when 'translated_title' then a.title_en
            when 'translated_text' then a.text_en
        end as content,
        -- The same in English, where the mention is not there already.
        case m.field
            when 'title' then a.title_en
            when 'text' then a.text_en
        end as content_en,
        if(m.field in ('title', 'text'), a.text_en, null) as text_en
    from store.mentions as m
    join wanted as w using (article_id)
    join store.articles as a on a.article_id = w.article_id and a.dated_at = w.dated_at
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
    -- The paragraph it stands in, up to the name and whole, and the same paragraph in English where they are as many.
    string_split(m.content[:m.span_start], chr(10))[-1] as paragraph_before,
    string_split(m.content, chr(10))[len(string_split(m.content[:m.span_start], chr(10)))] as paragraph,
    if(
        len(string_split(m.content_en, chr(10))) = len(string_split(m.content, chr(10))),
        string_split(m.content_en, chr(10))[len(string_split(m.content[:m.span_start], chr(10)))],
        null
    ) as paragraph_en,
    -- Else a line of the translation that has the name as the list calls it in English.
    regexp_extract(m.text_en, '[^.!?\n]*' || regexp_escape(coalesce(e.caption, m.entity_id)) || '[^.!?\n]*[.!?]?') as line_en
from named as m
left join store.entities as e on e.list_id = m.list_id and e.entity_id = m.entity_id
