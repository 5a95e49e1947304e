-- Who and what is named most often in the same article as the 201st base?
with base as (
    select distinct article_id from mentions where entity_id = 'base-201'
)
select m.caption, count(distinct m.article_id) as articles
from mentions as m
where m.article_id in (select article_id from base) and m.entity_id <> 'base-201'
group by m.caption
order by articles desc, m.caption
limit 25
