-- Which Tajik articles of the last 30 days have whole paragraphs in Russian, and whom do they name?
select
    a.dated_at,
    a.outlet,
    a.title,
    array_to_string(a.languages, ', ') as languages,
    string_agg(distinct m.caption, ', ' order by m.caption) as named,
    a.url
from articles as a
left join mentions as m using (article_id)
where a.dated_at > days_ago(30)
  and a.language = 'tg'
  and list_contains(a.languages, 'ru')
group by all
order by a.dated_at desc, a.url
