-- What happened, none of which is in an archive.
insert into store.runs by name select * from old.store.runs;
insert into store.outlet_reports by name select * from old.store.outlet_reports;
insert into store.failures by name select * from old.store.failures;
insert into store.recoveries by name select * from old.store.recoveries;
insert into store.polls by name select * from old.store.polls;
insert into store.source_health by name select * from old.store.source_health;
insert into store.fetch_states by name select * from old.store.fetch_states;
insert into store.missing_pages by name select * from old.store.missing_pages;
