-- Articles that never alerted and belong to no story.
delete from store.revisions
where article_id in (
    select a.article_id
    from store.articles as a
    where a.dated_at < $before
      and a.article_id not in (select article_id from store.alerts)
      and a.article_id not in (select article_id from store.story_parts)
)
