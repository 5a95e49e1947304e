-- Sentences a model translated once: they are looked up by their text, whatever article they stand in.
insert into store.sentence_translations by name select * from old.store.sentence_translations;
