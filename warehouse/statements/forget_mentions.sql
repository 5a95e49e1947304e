-- An article's mentions of a list are replaced together. Those of entities that are no longer looked for stay while
-- the text they stand in does; those in its translation stay where it was not read again and would give the same.
delete from store.mentions as m
using (
    select
        old.article_id,
        old.list_id,
        old.content_hash is not distinct from incoming.content_hash as same_text,
        incoming.translated_at is null and old.list_version = incoming.list_version as same_in_translation
    from incoming
    join store.matchings as old using (article_id, list_id)
) as again
where m.article_id = again.article_id
  and m.list_id = again.list_id
  and not (
      again.same_text
      and (
          (m.field in ('translated_title', 'translated_text') and again.same_in_translation)
       or m.entity_id in (
              select e.entity_id
              from store.entities as e
              where e.list_id = again.list_id
                and (e.retired <= current_date or e.dropped_at is not null)
          )
      )
  )
