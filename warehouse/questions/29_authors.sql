-- Who writes about the 201st base under their own name?
select byline, outlet_id, count(*) as articles, max(dated_at) as last_at
from articles
where byline is not null
  and article_id in (select article_id from mentions where entity_id = 'base-201')
group by byline, outlet_id
order by articles desc, byline
