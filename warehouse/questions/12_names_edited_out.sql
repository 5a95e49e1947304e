-- From which articles was a watched name removed by an edit?
select r.changed_at, r.outlet_id, n.entity_id, n.name, r.title_after as title
from revisions as r
join entity_names as n
    on n.kind = 'name' and contains(r.text_before, n.name) and not contains(r.text_after, n.name)
where r.changed_at > days_ago(30)
order by r.changed_at desc
