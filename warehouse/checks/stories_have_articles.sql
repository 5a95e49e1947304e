-- Every part of a story is an article that landed.
select story_id, article_id
from store.story_parts
where article_id not in (select article_id from store.articles)
