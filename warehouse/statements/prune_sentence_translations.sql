delete from store.sentence_translations
where made_at < $before
