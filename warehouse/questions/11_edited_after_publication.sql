-- Which articles that alerted were edited after publication, and what changed in the title?
select
    r.changed_at,
    r.outlet_id,
    r.title_before,
    r.title_after,
    length(r.text_after) - length(r.text_before) as characters
from revisions as r
where r.changed_at > days_ago(30)
  and r.article_id in (select article_id from alerts)
order by r.changed_at desc
limit 100
