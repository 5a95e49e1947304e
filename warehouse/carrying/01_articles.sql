-- Articles that the archive does not have whole: never archived (read from a feed's items), or a version's page is gone.
-- They are taken as they were, with all that hangs on them.
create or replace temp table taken as
select a.article_id
from old.store.articles as a
where a.article_id not in (select article_id from old.store.captures)
   or a.article_id not in (select article_id from store.articles)
   or a.article_id in (
       select c.article_id
       from old.store.captures as c
       anti join store.captures as here using (warc_record_id, article_id)
   );

delete from store.articles where article_id in (from taken);
delete from store.revisions where article_id in (from taken);
delete from store.captures where article_id in (from taken);
delete from store.matchings where article_id in (from taken);
delete from store.mentions where article_id in (from taken);
delete from store.story_parts where article_id in (from taken);
insert into store.articles by name select * from old.store.articles where article_id in (from taken);
insert into store.revisions by name select * from old.store.revisions where article_id in (from taken);
insert into store.captures by name select * from old.store.captures where article_id in (from taken);
insert into store.matchings by name select * from old.store.matchings where article_id in (from taken);
insert into store.mentions by name select * from old.store.mentions where article_id in (from taken);
insert into store.story_parts by name select * from old.store.story_parts where article_id in (from taken);
