-- What did Chinese state media never carry that others wrote about in the last 90 days?
with by_entity as (
    select
        m.caption,
        count(distinct m.article_id)
            filter (where not (o.country = 'CN' and o.publisher_kind = 'state')) as articles_elsewhere,
        count(*)
            filter (where o.country = 'CN' and o.publisher_kind = 'state') as mentions_in_chinese_state_media
    from mentions as m
    join outlets as o using (outlet_id)
    where m.dated_at > days_ago(90)
    group by m.caption
)
select caption, articles_elsewhere
from by_entity
where mentions_in_chinese_state_media = 0
order by articles_elsewhere desc, caption
