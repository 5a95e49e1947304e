-- Verdicts are right, wrong or unsure, as `wakhan verdict` gives them. The comments spoke of other words, which nothing
-- ever wrote; a query that looks for these finds nothing, so the contract has a new number.

insert into store.contract values (
    3, now()::timestamp, 'verdicts are right, wrong or unsure; relevant and irrelevant, which were announced, never were'
);

comment on view verdicts is 'What readers said of alerts; nothing is overwritten, the newest counts.';
comment on column verdicts.verdict is 'right, wrong or unsure.';
comment on column verdicts.reader is 'Who said so.';
comment on column verdicts.note is 'Why, in their words; null where they gave no reason.';
comment on column alerts.alert_id is 'Key; `wakhan verdict` takes the beginning of it.';
comment on column alerts.verdict is 'Newest verdict: right, wrong or unsure; null where there is none.';
