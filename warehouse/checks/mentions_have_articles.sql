-- Every mention stands in an article that landed. If not, match the articles again (wakhan backscan).
select article_id, entity_id, count(*) as mentions
from store.mentions
where article_id not in (select article_id from store.articles)
group by all
