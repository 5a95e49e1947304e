insert into store.articles by name
select * from staged
returning article_id, revision, engine
