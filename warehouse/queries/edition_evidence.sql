-- The best mention of each alerted entity in each article, with the text around it: the title if it stands there, else
-- the highest score, else the first place.
-- By their dates the join skips the texts of all other articles: 12 s without them beside a million.
with wanted as (
    select
        unnest($article_id::varchar[]) as article_id,
        unnest($dated_at::timestamp[]) as dated_at
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
    if(m.field = 'title', a.title[:m.span_start], a.text[greatest(1, m.span_start - 239):m.span_start]) as before,
    if(m.field = 'title', a.title[m.span_end + 1:], a.text[m.span_end + 1:m.span_end + 240]) as after,
    -- The paragraph it stands in, up to the name and whole, and the same paragraph in English where they are as many.
    string_split(if(m.field = 'title', a.title[:m.span_start], a.text[:m.span_start]), chr(10))[-1] as paragraph_before,
    case m.field
        when 'title' then a.title
        else string_split(a.text, chr(10))[len(string_split(a.text[:m.span_start], chr(10)))]
    end as paragraph,
    case
        when m.field = 'title' then a.title_en
        when len(string_split(a.text_en, chr(10))) = len(string_split(a.text, chr(10)))
            then string_split(a.text_en, chr(10))[len(string_split(a.text[:m.span_start], chr(10)))]
    end as paragraph_en,
    -- Else a line of the translation that has the name as the list calls it in English.
    regexp_extract(a.text_en, '[^.!?\n]*' || regexp_escape(coalesce(e.caption, m.entity_id)) || '[^.!?\n]*[.!?]?') as line_en
from store.mentions as m
join wanted as w using (article_id)
join store.articles as a on a.article_id = w.article_id and a.dated_at = w.dated_at
left join store.entities as e on e.list_id = m.list_id and e.entity_id = m.entity_id
qualify row_number() over (
    partition by m.article_id, m.list_id, m.entity_id
    order by m.field = 'title' desc, m.score desc, m.span_start
) = 1
