-- What alerts can be chosen by: every entity, outlet and list that has some.
select distinct 'entity' as kind, entity_id as id from store.alerts
union all
select distinct 'list', list_id from store.alerts
union all
select 'outlet', outlet_id from store.outlets
order by kind, id
