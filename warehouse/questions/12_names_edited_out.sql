-- From which articles was a watched name removed by an edit, and when?
with named as (
    select article_id, outlet_id, changed_at, title_after, unnest(named_before) as entity_id
    from revisions
    where changed_at > days_ago(30)
)
select max(n.changed_at) as changed_at, n.outlet_id, e.entity_id, e.caption, arg_max(n.title_after, n.changed_at) as title
from named as n
join entities as e using (entity_id)
where not exists (select 1 from mentions as m where m.article_id = n.article_id and m.entity_id = n.entity_id)
group by n.article_id, n.outlet_id, e.entity_id, e.caption
order by changed_at desc, e.entity_id
