-- An entity is mentioned once at a place. If not, a landing was counted twice: match those articles again (wakhan backscan).
select article_id, list_id, entity_id, field, span_start, count(*) as times
from store.mentions
group by all
having times > 1
