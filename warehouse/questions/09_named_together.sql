-- Which articles name both the 201st base and the CSTO?
select a.dated_at, a.outlet_id, coalesce(a.title_en, a.title) as title, a.url
from articles as a
where a.article_id in (select article_id from mentions where entity_id = 'base-201')
  and a.article_id in (select article_id from mentions where entity_id = 'csto')
order by a.dated_at desc
limit 100
