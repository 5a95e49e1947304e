-- An alert keeps the moment and the origin it had: verdicts and mails speak of it, and it is never told again.
delete from store.alerts where alert_id in (select alert_id from old.store.alerts);
insert into store.alerts by name
select o.* replace (coalesce(a.dated_at, o.dated_at) as dated_at)
from old.store.alerts as o
left join store.articles as a using (article_id);
insert into store.verdicts by name select * from old.store.verdicts;
insert into store.digests by name select * from old.store.digests;
insert into store.digest_alerts by name select * from old.store.digest_alerts;
