merge into store.story_parts as p
using incoming
using (article_id)
when matched then update by name
when not matched then insert by name
